import { redisStore } from '../../lib/redis.ts';
import type { RedisStoreOptions } from '../../lib/redis.ts';

describe('redisStore', () => {
  const client = { status: 'ready', evalsha: never, eval: never, hmget: never };

  it.each<[RedisStoreOptions, RegExp]>([
    [{ prefix: '' }, /prefix/],
    [{ prefix: 'app{1}:' }, /prefix/],
    [{ prefix: 'a'.repeat(101) }, /1 to 100 characters/],
    [{ prefix: 7 } as unknown as RedisStoreOptions, /prefix/],
    [{ timeoutMs: 0 }, /timeoutMs/],
    [{ timeoutMs: 9 }, /from 10 to 10000/],
    [{ timeoutMs: 10_001 }, /from 10 to 10000/],
    [{ timeoutMs: 10.5 }, /from 10 to 10000/],
    [{ timeoutMs: Number.NaN }, /timeoutMs/],
    [{ replicas: { count: 0 } }, /replicas\.count/],
    [{ replicas: { count: 1.5 } }, /replicas\.count/],
    [{ replicas: { count: 101 } }, /from 1 to 100/],
    [{ replicas: { count: 1, timeoutMs: 0.5 } }, /replicas\.timeoutMs/],
    [{ replicas: { count: 1, timeoutMs: 0 } }, /replicas\.timeoutMs/],
    [{ replicas: { count: 1, timeoutMs: 500 } }, /below `timeoutMs`/],
    [{ timeoutMs: 200, replicas: { count: 1 } }, /below `timeoutMs`/],
    [
      { replicas: { count: 1, timeoutms: 5 } } as RedisStoreOptions,
      /did you mean `replicas\.timeoutMs`/i,
    ],
    [{ prefx: 'a:' } as RedisStoreOptions, /did you mean/i],
  ])('refuses %j and says what is wrong', (options, message) => {
    expect(() => redisStore(client, options)).toThrow(message);
    expect(() => redisStore(client, options)).toThrow(
      expect.objectContaining({ code: 'options_invalid' }),
    );
  });

  it('refuses `replicas` on a Cluster, where it could not keep its promise [AVL-5]', () => {
    const options = { replicas: { count: 1 } };
    const pipeline = () => ({ exec: never });
    expect(() => redisStore({ ...client, pipeline }, options)).not.toThrow();
    expect(() => redisStore({ ...client, pipeline, nodes: () => [] }, options)).toThrow(
      /splitStore/,
    );
    expect(() => redisStore(client, options)).toThrow(/one server/);
  });

  it.each<RedisStoreOptions>([
    { prefix: 'a', timeoutMs: 10 },
    { prefix: 'a'.repeat(100), timeoutMs: 10_000 },
    { replicas: { count: 1, timeoutMs: 1 } },
    { replicas: { count: 100, timeoutMs: 499 } },
    { timeoutMs: 201, replicas: { count: 1 } },
  ])('takes %j', (options) => {
    const pipeline = () => ({ exec: never });
    expect(() => redisStore({ ...client, pipeline }, options)).not.toThrow();
  });

  it('takes an option that is undefined as left out', () => {
    expect(() => redisStore(client, { prefix: undefined, timeoutMs: undefined })).not.toThrow();
  });

  it('refuses what is no client, and a Cluster that reads from replicas', () => {
    for (const none of [{}, undefined, null, { evalsha: never }, { hmget: never }])
      expect(() => redisStore(none as unknown as typeof client)).toThrow(
        /^redisStore: .* of ioredis/,
      );
    for (const options of [undefined, {}, { scaleReads: 'master' }])
      expect(() => redisStore({ ...client, ...(options && { options }) })).not.toThrow();
    const replicas = { ...client, options: { scaleReads: 'slave' } };
    expect(() => redisStore(replicas)).toThrow(/scaleReads/);
  });
});

function never(): Promise<never> {
  return Promise.reject(new Error('Nothing is asked of this client.'));
}
