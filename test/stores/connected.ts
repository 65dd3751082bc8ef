import { Cluster, Redis } from 'ioredis';
import { Cluster as Cluster5, Redis as Redis5 } from 'ioredis5';

import { clusterPorts, redisPort } from '../support/redis-harness.ts';

/** Ready clients of one server, one connection each; `disconnect()` them in `afterAll`. */
export async function connected<T extends Ready>(make: () => T): Promise<readonly [T, T]> {
  const clients = [make(), make()] as const;
  await Promise.all(clients.map((client) => ready(client)));
  return clients;
}

export const single = (): Redis => new Redis(redisPort(), '127.0.0.1');
export const single5 = (): Redis5 => new Redis5(redisPort(), '127.0.0.1');
export const cluster = (): Cluster => new Cluster(nodes());
export const cluster5 = (): Cluster5 => new Cluster5(nodes());

/** Resolves when a client may be given to a store. */
export async function ready(client: Ready): Promise<void> {
  if (client.status === 'ready') return;
  await new Promise<void>((resolve) => client.once('ready', () => resolve()));
}

/** All keys under a prefix, on whichever node they are. */
export async function keysUnder(
  prefix: string,
  servers: readonly Pick<Redis, 'scan'>[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const server of servers) {
    let cursor = '0';
    do {
      const [next, keys] = await server.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1_000);
      for (const key of keys) found.add(key);
      cursor = next;
    } while (cursor !== '0');
  }
  return [...found];
}

interface Ready {
  readonly status: string;
  once(event: 'ready', listener: () => void): unknown;
}

function nodes(): { readonly host: string; readonly port: number }[] {
  return clusterPorts().map((port) => ({ host: '127.0.0.1', port }));
}
