import { Redis } from 'ioredis';

import { redisStore } from '../../lib/redis.ts';
import { anAttempt } from '../contracts/store-builders.ts';
import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import { redisProxy } from '../support/redis-proxy.ts';
import { ready } from './connected.ts';
import { arranged, UNAVAILABLE } from './every-verb.ts';

describeWithRedis('redisStore that waits for replicas, in a failover', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  const server = async (...args: string[]) => {
    const started = await startRedis({ args: ['--repl-diskless-sync-delay', '0', ...args] });
    ends.push(() => started.stop());
    return started;
  };
  const clientOf = async (port: number): Promise<Redis> => {
    const redis = new Redis(port);
    redis.on('error', () => undefined);
    ends.push(() => redis.disconnect());
    await ready(redis);
    return redis;
  };

  it('takes no replica of another master for one that has the write [AVL-5]', async () => {
    // The next master has a replica, the lone one has none.
    const [lone, next] = [await server(), await server()];
    await server('--replicaof', '127.0.0.1', `${next.port}`);
    const nextRedis = await clientOf(next.port);
    await nextRedis.set('written', 'once');
    while ((await nextRedis.wait(1, 1_000)) < 1) await nextRedis.set('written', 'again');
    const link = await redisProxy(lone.port);
    ends.push(() => link.close());
    const redis = await clientOf(link.port);
    const { record, challenge } = await arranged(redisStore(redis, { timeoutMs: 10_000 }));

    const replicas = { count: 1, timeoutMs: 9_000 };
    const before = link.replies;
    const waiting = redisStore(redis, { timeoutMs: 10_000, replicas }).settle(
      anAttempt(record, challenge),
    );
    // It is settled and waits; then the client finds itself with the next master.
    while (link.replies === before) await new Promise((resolve) => setTimeout(resolve, 5));
    link.to = next.port;
    link.break();
    link.heal();
    await expect(waiting).rejects.toMatchObject(UNAVAILABLE);
    await ready(redis);
    expect(await redis.info('replication')).toContain('connected_slaves:1');
  });
});
