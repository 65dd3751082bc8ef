import type { AddressInfo } from 'node:net';

import type { Express } from 'express';

export interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves an app on a free port of loopback. */
export function listen(app: Express): Promise<Listening> {
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = () =>
        new Promise<void>((closed) => {
          server.closeAllConnections();
          server.close(() => closed());
        });
      resolve({ origin: `http://127.0.0.1:${port}`, close });
    });
  });
}
