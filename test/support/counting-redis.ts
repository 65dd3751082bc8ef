import { setImmediate as turn } from 'node:timers/promises';

import { scripts } from '../../lib/stores/redis/scripts.ts';
import type { RedisClient } from '../../lib/stores/redis/client.ts';

type Asking = Pick<RedisClient, 'evalsha' | 'eval' | 'hmget'>;

/** What a flow asked of Redis: the verbs, and after how many awaited answers each was asked. */
interface Asked {
  readonly verb: string;
  readonly round: number;
}

/**
 * A client that counts. Every answer is held back for some turns of the event loop, so that
 * whatever does not wait for it was asked before it comes: what counts as a round is no matter of
 * time.
 */
export function countingRedis(redis: Asking) {
  let asked: Asked[] = [];
  let answered = 0;
  let open = 0;
  const counted = async <T>(verb: string, ask: () => Promise<T>): Promise<T> => {
    const round = answered + 1;
    asked.push({ verb, round });
    open += 1;
    try {
      return await ask();
    } finally {
      for (let i = 0; i < TURNS; i += 1) await turn();
      answered = Math.max(answered, round);
      open -= 1;
    }
  };
  const client: RedisClient = {
    status: 'ready',
    evalsha: (sha1, ...rest) =>
      counted(VERBS.get(sha1) ?? sha1, () => redis.evalsha(sha1, ...rest)),
    eval: (...args) => counted('eval', () => redis.eval(...args)),
    hmget: (key, ...fields) =>
      counted(key.endsWith(':enrollment') ? 'enrollment' : 'session', () =>
        redis.hmget(key, ...fields),
      ),
  };
  return {
    client,

    /**
     * What `flow` asks for: `load > open` are two rounds, the second sent after the first was
     * answered; `a + b` are sent together. What goes on behind the answer is waited for, too.
     */
    async during(flow: () => Promise<unknown>): Promise<string> {
      // What is left of an earlier flow belongs to that.
      while (open > 0) await turn();
      asked = [];
      answered = 0;
      await flow();
      while (open > 0) await turn();
      const rounds = Array.from({ length: Math.max(0, ...asked.map(({ round }) => round)) });
      return rounds
        .map((_, i) => asked.filter(({ round }) => round === i + 1).map(({ verb }) => verb))
        .map((verbs) => verbs.toSorted().join(' + '))
        .join(' > ');
    },
  };
}

/** More than the functions of a host in this process need to answer. */
const TURNS = 8;

const VERBS: ReadonlyMap<string, string> = new Map(
  Object.entries(scripts).map(([verb, { sha1 }]) => [sha1, verb]),
);
