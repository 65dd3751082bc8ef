import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What one call to the Messages API held. */
export interface VonageRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer to give; what is left out is as if all went well. `'hang'` never answers. */
export type VonageAnswer =
  'hang' | { readonly status?: number; readonly type?: string; readonly body?: string };

export interface VonageApi {
  /** For `new Vonage(credentials, { apiHost: url })`. */
  readonly url: string;
  /** In the order of arrival, refused ones as well. */
  readonly requests: readonly VonageRequest[];
  /** The newest text with a code to this number, with or without `+`; throws when there is none. */
  lastCodeTo(number: string): string;
  /** From now on every request is answered so. */
  answer(answer: VonageAnswer): void;
  close(): Promise<void>;
}

/** A real HTTP server on a free port of loopback that records what it is asked, and takes every message at first. */
export async function startVonageApi(): Promise<VonageApi> {
  const requests: VonageRequest[] = [];
  let next: VonageAnswer = {};

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      // A client that hung up half way: there is nobody left to tell.
      if (body === undefined) return;
      requests.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
      });
      if (next === 'hang') return;
      const {
        status = 202,
        type = 'application/json',
        body: text = JSON.stringify({ message_uuid: randomUUID() }),
      } = next;
      response.writeHead(status, {
        'content-type': type,
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    lastCodeTo(number) {
      const to = number.replace('+', '');
      const request = requests.findLast(
        ({ body }) => body['to'] === to && /\b\d{6}\b/.test(String(body['text'])),
      );
      if (!request) throw new Error(`no text with a code to ${number} among ${requests.length}`);
      return String(request.body['text']);
    },
    answer(answer) {
      next = answer;
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<VonageRequest['body'] | undefined> {
  try {
    return (await json(request)) as VonageRequest['body'];
  } catch {
    return undefined;
  }
}
