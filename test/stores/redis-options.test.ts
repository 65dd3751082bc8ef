import { redisStore } from '../../lib/redis.ts';
import type { RedisStoreOptions } from '../../lib/redis.ts';

describe('redisStore', () => {
  const client = { status: 'ready', evalsha: never, eval: never, hmget: never };

  it.each<[RedisStoreOptions, RegExp]>([
    [{ prefix: '' }, /prefix/],
    [{ prefix: 'app{1}:' }, /prefix/],
    [{ timeoutMs: 0 }, /timeoutMs/],
    [{ timeoutMs: Number.NaN }, /timeoutMs/],
    [{ replicas: { count: 0 } }, /replicas\.count/],
    [{ replicas: { count: 1.5 } }, /replicas\.count/],
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
  });

  it('refuses `replicas` on a Cluster, where it could not keep its promise [AVL-5]', () => {
    const options = { replicas: { count: 1 } };
    const pipeline = () => ({ exec: never });
    expect(() => redisStore({ ...client, pipeline }, options)).not.toThrow();
    expect(() => redisStore({ ...client, pipeline, nodes: () => [] }, options)).toThrow(/Cluster/);
    expect(() => redisStore(client, options)).toThrow(/one server/);
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
