import { MfaError } from '../../errors.ts';
import { unknownOptions } from '../../unknown-options.ts';
import type { RedisClient } from './client.ts';

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
}

/**
 * Checks what `redisStore` is given and fills in the defaults.
 *
 * @throws MfaError `options_invalid`
 */
export function readRedisOptions(client: RedisClient, options: RedisStoreOptions) {
  const { prefix = DEFAULTS.prefix, timeoutMs = DEFAULTS.timeoutMs } = options;
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
  return { prefix, timeoutMs };
}

const DEFAULTS = { prefix: 'mfa:', timeoutMs: 500 };

function invalid(message: string): MfaError {
  return new MfaError('options_invalid', `redisStore: ${message}`);
}
