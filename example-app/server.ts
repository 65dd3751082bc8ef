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
  server.on('error', fail);
  server.listen(port, () => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    if (madeUp.length > 0) {
      console.log(`${madeUp.join(' and ')} not set: random until the next start.`);
    }
    if (!production) console.log(`Mails and texts are shown to everyone at ${url}/outbox`);
    console.log(`The example listens at ${url}`);
  });

  const stop = (): void => {
    server.close(() => {
      // Nothing keeps the process alive after this; a second signal ends it at once.
      example.close().catch(fail);
    });
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : 'The example could not start.');
  process.exit(1);
}
