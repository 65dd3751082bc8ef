import { RedisStore } from 'connect-redis';
import type { Store as SessionStore } from 'express-session';
import { Redis } from 'ioredis';

import type { Store } from '../lib/index.ts';
import { redisStore } from '../lib/redis.ts';
import type { Config } from './config.ts';

/** Where sessions and everything about MFA are kept. Undefined: in this process. */
export interface Storage {
  readonly sessions: SessionStore | undefined;
  readonly mfa: Store | undefined;
  close(): Promise<void>;
}

export async function openStorage({ redisUrl }: Config): Promise<Storage> {
  if (redisUrl === undefined) return { sessions: undefined, mfa: undefined, async close() {} };
  const redis = await connect(redisUrl);
  return {
    sessions: new RedisStore({ client: redis, prefix: 'session:' }),
    mfa: redisStore(redis),
    async close() {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

/**
 * Fails at once when Redis is away, now or later. ioredis would rather queue a command, report
 * that it timed out, and run it all the same once Redis is back.
 */
async function connect(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
    commandTimeout: 1000,
    connectTimeout: 2000,
  });
  // Only the text: an error of ioredis also holds the command, with every value in it.
  redis.on('error', (error: Error) => console.error(`Redis: ${error.message}`));
  try {
    await redis.connect();
  } catch {
    redis.disconnect();
    throw new Error('Redis was not reached: start it, or correct REDIS_URL.');
  }
  return redis;
}
