import { redisStore } from '../../lib/redis.ts';
import type { RedisStoreOptions } from '../../lib/redis.ts';

describe('redisStore', () => {
  const client = { status: 'ready', evalsha: never, eval: never, hmget: never };

  it.each<[RedisStoreOptions, RegExp]>([
    [{ prefix: '' }, /prefix/],
    [{ prefix: 'app{1}:' }, /prefix/],
    [{ timeoutMs: 0 }, /timeoutMs/],
    [{ timeoutMs: Number.NaN }, /timeoutMs/],
    [{ prefx: 'a:' } as RedisStoreOptions, /did you mean/i],
  ])('refuses %j and says what is wrong', (options, message) => {
    expect(() => redisStore(client, options)).toThrow(message);
  });

  it('takes an option that is undefined as left out', () => {
    expect(() => redisStore(client, { prefix: undefined, timeoutMs: undefined })).not.toThrow();
  });

  it('refuses what is no client, and a Cluster that reads from replicas', () => {
    expect(() => redisStore({} as typeof client)).toThrow(/ioredis/);
    const replicas = { ...client, options: { scaleReads: 'slave' } };
    expect(() => redisStore(replicas)).toThrow(/scaleReads/);
  });
});

function never(): Promise<never> {
  return Promise.reject(new Error('Nothing is asked of this client.'));
}
