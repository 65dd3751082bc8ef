import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import type { Outbox } from './outbox.ts';

/** A stand-in for Vonage's Messages API. */
export interface MessagesApi {
  /** For `new Vonage(credentials, { apiHost: url })`. */
  readonly url: string;
  close(): void;
}

/** Listens on a free port of loopback and takes every text into the outbox. */
export async function startMessagesApi(outbox: Outbox): Promise<MessagesApi> {
  const server = createServer((request, response) => {
    take(request, response, outbox).catch(() => response.writeHead(400).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  outbox: Outbox,
): Promise<void> {
  const { from, to, text } = (await json(request)) as Readonly<Record<string, unknown>>;
  const isSend = request.method === 'POST' && request.url === '/v1/messages';
  if (!isSend || typeof from !== 'string' || typeof to !== 'string' || typeof text !== 'string') {
    response.writeHead(404).end();
    return;
  }
  // Vonage takes numbers without the plus.
  outbox.add({ channel: 'sms', from, to: `+${to}`, text });
  response.writeHead(202, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message_uuid: randomUUID() }));
}
