import { inspect as show } from 'node:util';

import { Redis } from 'ioredis';

import type { Store } from '../../lib/core/ports.ts';
import { redisStore } from '../../lib/redis.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  anAttempt,
  aSession,
  atOnce,
  aWrongAttempt,
  pointerTo,
  RIGHT,
  someFacts,
} from '../contracts/store-builders.ts';
import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import type { RedisOptions, RedisServer } from '../support/redis-harness.ts';
import { redisProxy } from '../support/redis-proxy.ts';
import { ready } from './connected.ts';
import { allFulfilled, allRejected, arranged, everyVerb, UNAVAILABLE } from './every-verb.ts';

describeWithRedis('redisStore when Redis fails', () => {
  let server: RedisServer;
  const clients: Redis[] = [];
  const servers: RedisServer[] = [];

  /** A server of one test only. */
  const ownServer = async (options: RedisOptions = {}): Promise<RedisServer> => {
    const started = await startRedis(options);
    servers.push(started);
    return started;
  };

  /** A client as a host makes it: nothing set that would make it fail fast. */
  const client = (options: { port?: number; lazyConnect?: boolean } = {}): Redis => {
    const made = new Redis({ port: server.port, host: '127.0.0.1', ...options });
    made.on('error', () => undefined);
    clients.push(made);
    return made;
  };
  const connectedClient = async (port?: number): Promise<Redis> => {
    const made = client(port === undefined ? {} : { port });
    await ready(made);
    return made;
  };

  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    // ioredis leaves a timer behind when it is to disconnect what is on its way out.
    const leaving = ['disconnecting', 'close', 'end'];
    for (const made of clients.splice(0)) if (!leaving.includes(made.status)) made.disconnect();
    await Promise.all(servers.splice(0).map((each) => each.stop()));
  });
  afterAll(() => server.stop());

  /** A store that waits as long as a busy machine may take, and one that gives up soon. */
  const patient = (redis: Redis): Store => redisStore(redis, { timeoutMs: 10_000 });
  const hasty = (redis: Redis): Store => redisStore(redis, { timeoutMs: 200 });

  it('rejects every verb while Redis is killed, and works again by itself [AVL-1] [A51]', async () => {
    const own = await ownServer();
    const redis = await connectedClient(own.port);
    const { reads, writes, deletes } = everyVerb(hasty(redis), await arranged(patient(redis)));
    await own.stop();
    await allRejected({ ...reads, ...writes, ...deletes });
    await ownServer({ port: own.port });
    await ready(redis);
    const after = everyVerb(patient(redis), await arranged(patient(redis)));
    await allFulfilled({ ...after.reads, ...after.deletes, ...after.writes });
  });

  it('rejects every verb while Redis stands still, and works again by itself [AVL-1] [A52]', async () => {
    const redis = await connectedClient();
    const { reads, writes, deletes } = everyVerb(hasty(redis), await arranged(patient(redis)));
    server.pause();
    try {
      await allRejected({ ...reads, ...writes, ...deletes });
    } finally {
      server.resume();
    }
    const after = everyVerb(patient(redis), await arranged(patient(redis)));
    await allFulfilled({ ...after.reads, ...after.deletes, ...after.writes });
  });

  it('grants nothing by an answer that Redis settles after it was given up [AVL-4] [A52]', async () => {
    const [redis, admin] = [await connectedClient(), await connectedClient()];
    const { record, challenge } = await arranged(patient(redis));
    const attempt = anAttempt(record, challenge);
    await admin.client('PAUSE', 60_000, 'WRITE');
    await expect(hasty(redis).settle(attempt)).rejects.toMatchObject(UNAVAILABLE);
    await admin.client('UNPAUSE');
    // By now it has been done after all: the same connection answers in order.
    const store = patient(redis);
    expect((await store.enrollment(record.userId)).version).toBe(1);
    expect(await store.session(pointerTo(record))).toEqual({});
    expect(await store.settle(attempt)).toEqual({ status: 'expired' });
  });

  it('counts guesses that Redis settles after they were given up [VER-1] [AVL-4]', async () => {
    const [redis, admin] = [await connectedClient(), await connectedClient()];
    const { record, challenge } = await arranged(patient(redis));
    const store = hasty(redis);
    await admin.client('PAUSE', 60_000, 'WRITE');
    const guesses = await Promise.allSettled(
      Array.from({ length: 20 }, () => store.settle(aWrongAttempt(record, challenge))),
    );
    expect(guesses.every(({ status }) => status === 'rejected')).toBe(true);
    await admin.client('UNPAUSE');
    const { failures, challenges } = await patient(redis).recall(pointerTo(record));
    expect(failures['totp']?.count).toBe(5);
    expect(challenges).toEqual([]);
  });

  it('accepts no code again whose acceptance was lost on the way back [AVL-4]', async () => {
    const link = await redisProxy(server.port);
    const redis = await connectedClient(link.port);
    try {
      const { record, challenge } = await arranged(patient(redis));
      const attempt = anAttempt(record, challenge);
      link.breakAt(1, 'after');
      await expect(hasty(redis).settle(attempt)).rejects.toMatchObject(UNAVAILABLE);
      // The client connects anew and, by its default, sends again what was not answered.
      link.heal();
      await new Promise<void>((resolve) => redis.once('ready', () => resolve()));
      const direct = patient(await connectedClient());
      expect(await direct.settle(attempt)).toEqual({ status: 'expired' });
      expect((await direct.enrollment(record.userId)).version).toBe(1);
    } finally {
      redis.disconnect();
      await link.close();
    }
  });

  it('sends each script anew that Redis has forgotten, and only then [AVL-2] [A55]', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(patient(redis));
    await redis.script('FLUSH');
    const settled = await atOnce([store, store], 20, (each) =>
      each.settle(anAttempt(record, challenge)),
    );
    expect(settled.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    await redis.script('FLUSH');
    const { reads, writes, deletes } = everyVerb(store, await arranged(patient(redis)));
    await allFulfilled({ ...reads, ...deletes, ...writes });
  });

  it('does not compare what it cannot count: out of memory even the right code is a fault [AVL-3] [A55]', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(patient(redis));
    // What makes room first may write: a budget is counted even then.
    const { spend, ...writes } = everyVerb(store, { record, challenge }).writes;
    await redis.config('SET', 'maxmemory', '1');
    try {
      await allRejected(writes);
      await spend();
      await expect(store.settle(aWrongAttempt(record, challenge))).rejects.toMatchObject(
        UNAVAILABLE,
      );
      // Reads go on, and so does signing out.
      expect(await store.session(pointerTo(record))).toEqual({ record, facts: someFacts() });
      expect((await store.load(pointerTo(record))).failures).toEqual({});
      const other = { ...record, id: 'x' };
      await store.end(userTag(other.userId), [other.id]);
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
    expect((await store.enrollment(record.userId)).version).toBe(0);
    expect(await store.settle(anAttempt(record, challenge))).toEqual({ status: 'accepted' });
  });

  it('lets sessions end while Redis is out of memory', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record } = await arranged(patient(redis));
    await redis.config('SET', 'maxmemory', '1');
    try {
      await store.end(userTag(record.userId), 'all');
      expect(await store.session(pointerTo(record))).toEqual({});
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
  });

  it('grants and counts nothing on a replica [AVL-2] [A55]', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(patient(redis));
    // A master that is not there: the data stay, and may not be written.
    await redis.replicaof('127.0.0.1', 1);
    try {
      await allRejected(everyVerb(store, { record, challenge }).writes);
    } finally {
      await redis.replicaof('NO', 'ONE');
    }
    expect((await store.recall(pointerTo(record))).failures).toEqual({});
    expect(await store.settle(anAttempt(record, challenge))).toEqual({ status: 'accepted' });
  });

  it.each([
    ['NOPERM', ['ACL', 'SETUSER', 'default', '-evalsha', '-hmget'], ['+evalsha', '+hmget']],
  ])('rejects every verb with %s [AVL-2]', async (word, [command = '', ...args], undo) => {
    const redis = await connectedClient();
    const store = patient(redis);
    const some = everyVerb(store, await arranged(patient(redis)));
    await redis.call(command, ...args);
    try {
      await allRejected({ ...some.reads, ...some.writes, ...some.deletes });
      await expect(store.sessions('u')).rejects.toMatchObject({ cause: { message: word } });
    } finally {
      await redis.call('ACL', 'SETUSER', 'default', ...undo);
    }
    await allFulfilled(some.reads);
  });

  it('rejects every verb in a Cluster that is down [AVL-2]', async () => {
    const node = await ownServer({ args: ['--cluster-enabled', 'yes'] });
    const redis = await connectedClient(node.port);
    const store = patient(redis);
    await expect(store.enrollment('u')).rejects.toMatchObject(UNAVAILABLE);
    await expect(aSession(store)).rejects.toMatchObject({ cause: { message: 'CLUSTERDOWN' } });
  });

  it.each<[string, () => Promise<Redis>]>([
    ['was never told to connect', async () => client({ lazyConnect: true })],
    [
      'finds nobody',
      async () => {
        const lost = client({ port: 1 });
        lost.options.retryStrategy = () => null;
        return lost;
      },
    ],
    [
      'was closed',
      async () => {
        const closed = await connectedClient();
        closed.disconnect();
        return closed;
      },
    ],
  ])('asks nothing of a client that %s [AVL-1]', async (_, make) => {
    const { reads, writes, deletes } = everyVerb(
      redisStore(await make()),
      await arranged(patient(await connectedClient())),
    );
    await allRejected({ ...reads, ...writes, ...deletes });
  });

  it('lets an error say what went wrong and nothing of what was sent', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(patient(redis));
    const attempt = anAttempt(record, challenge);
    await redis.config('SET', 'maxmemory', '1');
    const error: unknown = await store.settle(attempt).catch((reason: unknown) => reason);
    await redis.config('SET', 'maxmemory', '0');
    expect(error).toMatchObject({ ...UNAVAILABLE, cause: { name: 'ReplyError', message: 'OOM' } });
    const all = show(error, { depth: 20, showHidden: true, maxStringLength: null });
    for (const secret of [record.secret, record.userId, challenge.id, RIGHT, 'evalsha'])
      expect(all).not.toContain(secret);
  });
});
