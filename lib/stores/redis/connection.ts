import { createHash } from 'node:crypto';

import { within } from '../within.ts';
import type { RedisClient } from './client.ts';
import { replicated } from './replicated.ts';
import type { Replicas } from './replicated.ts';
import { unavailable } from './unavailable.ts';

/** A Lua text and the name by which Redis knows it. */
export interface Script {
  readonly text: string;
  readonly sha1: string;
  /** Whether what it wrote must be on the replicas, where the host asks for that. */
  readonly lasts: boolean;
}

/** Redis names a script by its SHA-1; nothing secret hangs on it. */
export function script(text: string, lasts = false): Script {
  return { text, sha1: createHash('sha1').update(text).digest('hex'), lasts };
}

/** How the verbs reach Redis. */
export interface Connection {
  /** Runs a script on keys of one slot. It is never sent again, save when Redis did not know it. */
  readonly run: (script: Script, keys: readonly string[], args: unknown) => Promise<unknown>;
  /** The one command that is no script: fields of a hash. */
  readonly read: (key: string, ...fields: readonly string[]) => Promise<readonly (string | null)[]>;
  /** What each server that takes writes says of itself. */
  readonly reports: () => Promise<readonly Report[]>;
}

/** A server's report of its memory, and its time in epoch milliseconds as far as it tells. */
export interface Report {
  readonly memory: string;
  readonly at?: number;
}

/**
 * Sends one command at a time and waits for its answer, no longer than `timeoutMs`. A client that
 * is not connected is not asked: left to itself it would wait, and run the command some day.
 *
 * @throws MfaError `store_unavailable`, from all.
 */
export function connect(client: RedisClient, timeoutMs: number, replicas?: Replicas): Connection {
  const ask = async <T>(send: (isGivenUp: () => boolean) => Promise<T>): Promise<T> => {
    if (client.status !== 'ready') {
      throw unavailable('is not connected: connect the client at start, before the first request');
    }
    let isGivenUp = false;
    const answer = async (): Promise<T> => {
      try {
        return await send(() => isGivenUp);
      } catch (cause) {
        throw unavailable('refused a command', cause);
      }
    };
    return within(timeoutMs, answer, () => {
      isGivenUp = true;
      return unavailable(`gave no answer within ${timeoutMs} ms`);
    });
  };

  return {
    run: ({ text, sha1, lasts }, keys, args) => {
      const rest = [keys.length, ...keys, JSON.stringify(args)] as const;
      const sent = replicas && lasts ? replicated(client, replicas) : client;
      return ask(async (isGivenUp) => {
        try {
          return await sent.evalsha(sha1, ...rest);
        } catch (error) {
          // The only error that says that nothing was run.
          const isUnknown = error instanceof Error && error.message.startsWith('NOSCRIPT');
          if (!isUnknown || isGivenUp()) throw error;
          return sent.eval(text, ...rest);
        }
      });
    },
    read: (key, ...fields) =>
      ask(async () => {
        const values: unknown = await client.hmget(key, ...fields);
        if (!isFields(values, fields.length)) throw new TypeError('not as many fields');
        return values;
      }),
    reports: () => ask(() => Promise.all((client.nodes?.('master') ?? [client]).map(report))),
  };
}

/** A field that is missing is null; anything else, a shorter list too, is no answer to the question. */
function isFields(values: unknown, count: number): values is readonly (string | null)[] {
  return (
    Array.isArray(values) &&
    values.length === count &&
    values.every((value) => value === null || typeof value === 'string')
  );
}

async function report(server: Pick<RedisClient, 'info' | 'time'>): Promise<Report> {
  const [memory = '', time] = await Promise.all([server.info?.('memory'), server.time?.()]);
  const [seconds] = time ?? [];
  return seconds === undefined ? { memory } : { memory, at: Number(seconds) * 1_000 };
}
