import { connect as dial, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A proxy that, once deaf, carries what clients say and nothing of what the server answers. */
export async function deafProxy(to: number) {
  const sockets = new Set<Socket>();
  const state = {
    port: 0,
    deaf: false,
    hangUp: () => sockets.forEach((socket) => socket.destroy()),
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve());
        state.hangUp();
      }),
  };
  const listener: Server = createServer((near) => {
    const far = dial(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => void (state.deaf || near.write(chunk)));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', () => resolve()));
  state.port = (listener.address() as AddressInfo).port;
  return state;
}
