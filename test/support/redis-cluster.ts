import { setTimeout as delay } from 'node:timers/promises';

import { Redis } from 'ioredis';

import type { RedisBinary } from './redis-binary.ts';
import type { RedisServer } from './redis-server.ts';
import { startServer } from './redis-server.ts';

const MASTERS = 3;
const SLOTS = 16_384;

/** Starts a cluster of three masters and resolves when each of them knows all slots. */
export async function startCluster(
  binary: RedisBinary,
  args: readonly string[] = [],
): Promise<readonly RedisServer[]> {
  const starts = await Promise.allSettled(
    Array.from({ length: MASTERS }, () =>
      startServer(binary, { args: ['--cluster-enabled', 'yes', ...args] }),
    ),
  );
  const nodes = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  try {
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await join(nodes);
    return nodes;
  } catch (error) {
    await Promise.all(nodes.map((node) => node.stop()));
    throw error;
  }
}

async function join(nodes: readonly RedisServer[]): Promise<void> {
  const clients = nodes.map((node) => new Redis(node.port, '127.0.0.1'));
  try {
    await Promise.all(clients.map((client, index) => takeSlots(client, index)));
    // Every pair, not only one node with the rest: gossip alone takes seconds longer.
    for (const client of clients) {
      await Promise.all(nodes.map((node) => client.cluster('MEET', '127.0.0.1', node.port)));
    }
    await Promise.all(clients.map(converged));
  } finally {
    clients.forEach((client) => client.disconnect());
  }
}

async function takeSlots(client: Redis, index: number): Promise<void> {
  const first = Math.floor((index * SLOTS) / MASTERS);
  const next = Math.floor(((index + 1) * SLOTS) / MASTERS);
  await client.cluster('ADDSLOTS', ...Array.from({ length: next - first }, (_, i) => first + i));
  await client.cluster('SET-CONFIG-EPOCH', index + 1);
}

async function converged(client: Redis): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const info = await client.cluster('INFO');
    if (info.includes('cluster_state:ok') && info.includes(`cluster_size:${MASTERS}`)) return;
    await delay(50);
  }
  throw new Error('The Redis cluster did not come together within 20 s.');
}
