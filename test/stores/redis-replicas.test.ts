import { Redis } from 'ioredis';

import { redisStore } from '../../lib/redis.ts';
import { replicated } from '../../lib/stores/redis/replicated.ts';
import { aChange, aSession, pointerTo } from '../contracts/store-builders.ts';
import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import type { RedisServer } from '../support/redis-harness.ts';
import { ready } from './connected.ts';
import { UNAVAILABLE } from './every-verb.ts';

describeWithRedis('redisStore that waits for a replica', () => {
  let master: RedisServer;
  let replica: RedisServer;
  let client: Redis;
  const store = () =>
    redisStore(client, { timeoutMs: 10_000, replicas: { count: 1, timeoutMs: 5_000 } });

  beforeAll(async () => {
    master = await startRedis();
    replica = await startRedis({ args: ['--replicaof', '127.0.0.1', `${master.port}`] });
    client = new Redis(master.port, '127.0.0.1');
    await ready(client);
    // A replica counts from when it has caught up.
    await client.set('first', '1');
    expect(await client.wait(1, 20_000)).toBe(1);
  });
  afterAll(async () => {
    client.disconnect();
    await Promise.all([replica, master].map((server) => server.stop()));
  });

  it('[STO-10] has on the replica what it answered for', async () => {
    const record = await aSession(store());
    const change = aChange(record);
    expect(await store().save(change)).toBe('saved');
    const there = new Redis(replica.port, '127.0.0.1');
    const copy = redisStore(there, { timeoutMs: 10_000 });
    await ready(there);
    expect(await copy.enrollment(record.userId)).toEqual(change.next);
    there.disconnect();
  });

  it('[AVL-2] sends a script anew that Redis has forgotten', async () => {
    const record = await aSession(store());
    await client.script('FLUSH');
    expect(await store().save(aChange(record))).toBe('saved');
  });

  it('[AVL-2] rejects where the wait itself is forbidden', async () => {
    const record = await aSession(store());
    await client.call('ACL', 'SETUSER', 'default', '-wait');
    try {
      await expect(store().save(aChange(record))).rejects.toMatchObject({
        ...UNAVAILABLE,
        cause: { message: 'NOPERM' },
      });
    } finally {
      await client.call('ACL', 'SETUSER', 'default', '+wait');
    }
  });

  it('[STO-10] grants nothing that no replica confirms', async () => {
    const record = await aSession(store());
    replica.pause();
    try {
      const hasty = redisStore(client, {
        timeoutMs: 10_000,
        replicas: { count: 1, timeoutMs: 50 },
      });
      await expect(hasty.save(aChange(record))).rejects.toMatchObject({
        ...UNAVAILABLE,
        cause: { message: 'NOREPLICAS' },
      });
      expect(await hasty.session(pointerTo(record))).toEqual({});
    } finally {
      replica.resume();
    }
  });
});

describe('replicated', () => {
  const never = () => Promise.reject(new Error('Nothing is asked of this client.'));
  const bare = { status: 'ready', evalsha: never, eval: never, hmget: never };

  it.each([
    ['nothing', null],
    ['no answers', []],
    ['one answer', [[null, 'saved']]],
  ] as const)('[AVL-2] grants nothing by a client that answers %s', async (_what, answers) => {
    const pipeline = () => ({ exec: async () => answers as never });
    const scripts = replicated({ ...bare, pipeline }, { count: 1, timeoutMs: 10 });
    await expect(scripts.evalsha('sha1', 0)).rejects.toThrow('nothing was run');
  });

  it('[AVL-2] grants nothing by a client that sends nothing together', async () => {
    const scripts = replicated(bare, { count: 1, timeoutMs: 10 });
    await expect(scripts.eval('text', 0)).rejects.toThrow('nothing was run');
  });

  it('[STO-10] counts replicas as numbers, whatever a client makes of them', async () => {
    const answered = (reached: unknown) =>
      replicated(
        {
          ...bare,
          pipeline: () => ({
            exec: async () => [
              [null, 'saved'],
              [null, reached],
            ],
          }),
        },
        { count: 2, timeoutMs: 10 },
      ).evalsha('sha1', 0);
    for (const enough of [2, '2', 3]) expect(await answered(enough)).toBe('saved');
    for (const few of [1, '1', 0, 'x', undefined])
      await expect(answered(few)).rejects.toThrow('NOREPLICAS');
  });
});
