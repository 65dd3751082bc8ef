import type { RedisClient } from './client.ts';

/** How many replicas must have confirmed a write, and how long that may take. */
export interface Replicas {
  readonly count: number;
  readonly timeoutMs: number;
}

type Scripts = Pick<RedisClient, 'eval' | 'evalsha'>;

/**
 * Runs scripts and waits until enough replicas have what they wrote: a failover then loses none of
 * it. `WAIT` speaks of its own connection only, so both leave together; a client that connects anew
 * in between gives up on the second, or sends both again.
 */
export function replicated(client: RedisClient, { count, timeoutMs }: Replicas): Scripts {
  const waited =
    (name: 'eval' | 'evalsha'): Scripts[typeof name] =>
    async (...rest) => {
      const wait = ['wait', count, timeoutMs];
      const [ran, reached] = (await client.pipeline?.([[name, ...rest], wait]).exec()) ?? [];
      if (!ran || !reached) throw new Error('nothing was run');
      if (ran[0]) throw ran[0];
      if (reached[0]) throw reached[0];
      if (!(Number(reached[1]) >= count)) throw new Error('NOREPLICAS');
      return ran[1];
    };
  return { eval: waited('eval'), evalsha: waited('evalsha') };
}
