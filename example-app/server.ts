import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { createApp } from './app.ts';
import type { ExampleApp } from './app.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';

try {
  const config = readConfig(process.env);
  listen(config, await createApp(config, path.join(import.meta.dirname, 'public')));
} catch (error) {
  fail(error);
}

function listen({ port, production, madeUp }: Config, example: ExampleApp): void {
  const server = createServer(example.app);
  server.on('error', () => {
    fail(new Error(`Port ${port} cannot be used: set PORT to another one, or to 0 for any.`));
  });
  server.listen(port, () => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    if (madeUp.length > 0) {
      console.log(`${madeUp.join(' and ')} not set: random until the next start.`);
    }
    if (!production) console.log(`Mails and texts are shown to everyone at ${url}/outbox`);
    console.log(`The example listens at ${url}`);
  });

  const stop = (): void => {
    // Requests that are being answered are waited for, but not for ever. A second signal waits for nothing.
    setTimeout(() => server.closeAllConnections(), 5000).unref();
    server.close(() => {
      // A client that tries to reconnect just now would hold the process for seconds.
      example.close().then(() => process.exit(0), fail);
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : 'The example could not start.');
  process.exit(1);
}
