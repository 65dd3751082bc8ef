import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** What all clients ask of a server, one command a line, from the moment at which it is there. */
export interface RedisMonitor {
  readonly lines: readonly string[];
  /** Resolves when a line with `text` has come, and so all that was asked before it. */
  until(text: string): Promise<void>;
  close(): void;
}

/**
 * Watches a Redis on loopback by `MONITOR`. Not by a client of ioredis, which loses its count of
 * answers where the first command of another comes in one packet with the `+OK`.
 */
export async function monitorRedis(port: number): Promise<RedisMonitor> {
  const socket = connect(port, '127.0.0.1');
  const reader = createInterface({ input: socket });
  const lines: string[] = [];
  reader.on('line', (line) => lines.push(line));
  socket.write('MONITOR\r\n');
  while (lines.length === 0) await once(reader, 'line');
  const [answer] = lines.splice(0, 1);
  if (answer !== '+OK') throw new Error(`MONITOR was answered by ${answer}`);
  return {
    lines,
    async until(text) {
      while (!lines.some((line) => line.includes(text))) await once(reader, 'line');
    },
    close: () => void socket.destroy(),
  };
}
