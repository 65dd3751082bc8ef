import { MfaError } from '../../errors.ts';
import { unknownOptions } from '../../unknown-options.ts';
import type { RedisClient } from './client.ts';
import type { Replicas } from './replicated.ts';

export interface RedisStoreOptions {
  /**
   * What all keys begin with.
   * @default 'mfa:'
   */
  readonly prefix?: string | undefined;
  /**
   * How long a command may take, in milliseconds, from 10 to 10 000; all that one request asks for
   * may take twice as long. After that the request is refused, and nothing is granted.
   * @default 500
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Grants nothing until so many replicas have the write that it rests on, so that a failover brings
   * no used code back; fewer within `timeoutMs` (default 200) is an outage. For hosts that keep
   * enrollments in Redis; not on a Cluster.
   */
  readonly replicas?:
    { readonly count: number; readonly timeoutMs?: number | undefined } | undefined;
}

/**
 * Checks what `redisStore` is given and fills in the defaults.
 *
 * @throws MfaError `options_invalid`
 */
export function readRedisOptions(client: RedisClient, options: RedisStoreOptions) {
  const { prefix = DEFAULTS.prefix, timeoutMs = DEFAULTS.timeoutMs, replicas } = options;
  const unknown = unknownOptions(options, DEFAULTS);
  if (unknown !== undefined) throw invalid(unknown);
  if (typeof client?.evalsha !== 'function' || typeof client.hmget !== 'function') {
    throw invalid('the first argument must be a Redis or Cluster client of ioredis 5.4 or later.');
  }
  const { scaleReads = 'master' } = { ...client.options } as { readonly scaleReads?: unknown };
  if (scaleReads !== 'master') {
    throw invalid('a replica may still show a session that ended: set `scaleReads` to "master".');
  }
  // A brace of the host's would become the hash tag, in place of the user's.
  if (typeof prefix !== 'string' || !/^[^{}]{1,100}$/.test(prefix)) {
    throw invalid('`prefix` must be a text of 1 to 100 characters without "{" and "}".');
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 10 || timeoutMs > 10_000) {
    throw invalid('`timeoutMs` must be a whole number from 10 to 10000.');
  }
  return { prefix, timeoutMs, replicas: replicas && readReplicas(client, replicas, timeoutMs) };
}

const DEFAULTS = { prefix: 'mfa:', timeoutMs: 500, replicas: undefined };
const WAIT_MS = 200;

function readReplicas(
  client: RedisClient,
  replicas: NonNullable<RedisStoreOptions['replicas']>,
  limitMs: number,
): Replicas {
  const { count, timeoutMs = WAIT_MS } = replicas;
  const unknown = unknownOptions(replicas, { count, timeoutMs }, 'replicas.');
  if (unknown !== undefined) throw invalid(unknown);
  if (!Number.isInteger(count) || count < 1 || count > 100) {
    throw invalid('`replicas.count` must be a whole number from 1 to 100.');
  }
  // Without a limit WAIT would hold up whatever else uses the connection.
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs >= limitMs) {
    throw invalid('`replicas.timeoutMs` must be a whole number, at least 1 and below `timeoutMs`.');
  }
  if (typeof client.nodes === 'function' || typeof client.pipeline !== 'function') {
    throw invalid(
      '`replicas` needs a client of one server (Redis of ioredis): on a Cluster it is not sure that ' +
        'WAIT reaches the node of the write. Keep enrollments in your database (splitStore).',
    );
  }
  return { count, timeoutMs };
}

function invalid(message: string): MfaError {
  return new MfaError('options_invalid', `redisStore: ${message}`);
}
