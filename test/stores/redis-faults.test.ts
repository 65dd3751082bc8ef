import { randomUUID } from 'node:crypto';
import { createServer, connect as dial } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { inspect as show } from 'node:util';

import { Redis } from 'ioredis';

import type { Store } from '../../lib/core/ports.ts';
import { redisStore } from '../../lib/redis.ts';
import {
  aChallenge,
  aChange,
  anAttempt,
  anOpen,
  aRecord,
  aSession,
  atOnce,
  aWrongAttempt,
  LIFETIME,
  NOW,
  pointerTo,
  RIGHT,
  someFacts,
} from '../contracts/store-builders.ts';
import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import type { RedisOptions, RedisServer } from '../support/redis-harness.ts';
import { ready } from './connected.ts';

const BUDGET = { name: 'network', windows: [{ limit: 1_000, windowMs: 60_000 }] };
const UNAVAILABLE = { name: 'MfaError', code: 'store_unavailable' };

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

  /** A session with an open challenge, and every verb to be tried on it. */
  const arranged = async (redis: Redis) => {
    const store = patient(redis);
    const record = await aSession(store);
    const challenge = await anOpen(store, record, { expects: RIGHT });
    // From here on Redis knows the script: what gets lost is the answer and not a NOSCRIPT.
    await store.settle({ ...anAttempt(record, challenge), secret: 'of nobody' });
    return { record, challenge };
  };
  const verbs = (store: Store, { record, challenge }: Awaited<ReturnType<typeof arranged>>) => {
    const { userId } = record;
    const at = pointerTo(record);
    return {
      reads: {
        enrollment: () => store.enrollment(userId),
        session: () => store.session(at),
        recall: () => store.recall(at),
        load: () => store.load(at),
        sessions: () => store.sessions(userId),
        tally: () => store.tally(BUDGET, NOW),
      },
      writes: {
        settle: () => store.settle(anAttempt(record, challenge)),
        begin: () => store.begin({ ...record, id: 'b' }, someFacts(), LIFETIME),
        save: () => store.save(aChange(record)),
        open: () => store.open({ challenge: aChallenge(record), secret: record.secret, now: NOW }),
        outdate: () => store.outdate(userId, 5),
        remember: () => store.remember({ userId, facts: someFacts(7) }),
        touch: () => store.touch(at, NOW),
        spend: () => store.spend(BUDGET, randomUUID(), NOW),
      },
      deletes: {
        withdraw: () => store.withdraw(aChallenge(record)),
        restore: () => store.restore(aChallenge(record)),
        end: () => store.end(userId, ['x']),
        refund: () => store.refund(BUDGET, 'x'),
      },
    };
  };
  const allRejected = async (some: Record<string, () => Promise<unknown>>): Promise<void> => {
    for (const result of await Promise.allSettled(Object.values(some).map((verb) => verb()))) {
      expect(result).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    }
  };
  const allFulfilled = async (some: Record<string, () => Promise<unknown>>): Promise<void> => {
    for (const verb of Object.values(some)) await verb();
  };

  it('rejects every verb while Redis is killed, and works again by itself [AVL-1] [A51]', async () => {
    const own = await ownServer();
    const redis = await connectedClient(own.port);
    const { reads, writes, deletes } = verbs(hasty(redis), await arranged(redis));
    await own.stop();
    await allRejected({ ...reads, ...writes, ...deletes });
    await ownServer({ port: own.port });
    await ready(redis);
    const after = verbs(patient(redis), await arranged(redis));
    await allFulfilled({ ...after.reads, ...after.deletes, ...after.writes });
  });

  it('rejects every verb while Redis stands still, and works again by itself [AVL-1] [A52]', async () => {
    const redis = await connectedClient();
    const { reads, writes, deletes } = verbs(hasty(redis), await arranged(redis));
    server.pause();
    try {
      await allRejected({ ...reads, ...writes, ...deletes });
    } finally {
      server.resume();
    }
    const after = verbs(patient(redis), await arranged(redis));
    await allFulfilled({ ...after.reads, ...after.deletes, ...after.writes });
  });

  it('grants nothing by an answer that Redis settles after it was given up [AVL-4] [A52]', async () => {
    const [redis, admin] = [await connectedClient(), await connectedClient()];
    const { record, challenge } = await arranged(redis);
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
    const { record, challenge } = await arranged(redis);
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
    const proxy = await deafProxy(server.port);
    const redis = await connectedClient(proxy.port);
    try {
      const { record, challenge } = await arranged(redis);
      const attempt = anAttempt(record, challenge);
      proxy.deaf = true;
      await expect(hasty(redis).settle(attempt)).rejects.toMatchObject(UNAVAILABLE);
      // The client connects anew and, by its default, sends again what was not answered.
      proxy.deaf = false;
      proxy.hangUp();
      await new Promise<void>((resolve) => redis.once('ready', () => resolve()));
      const direct = patient(await connectedClient());
      expect(await direct.settle(attempt)).toEqual({ status: 'expired' });
      expect((await direct.enrollment(record.userId)).version).toBe(1);
    } finally {
      redis.disconnect();
      await proxy.close();
    }
  });

  it('sends each script anew that Redis has forgotten, and only then [AVL-2] [A55]', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(redis);
    await redis.script('FLUSH');
    const settled = await atOnce([store, store], 20, (each) =>
      each.settle(anAttempt(record, challenge)),
    );
    expect(settled.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    await redis.script('FLUSH');
    const { reads, writes, deletes } = verbs(store, await arranged(redis));
    await allFulfilled({ ...reads, ...deletes, ...writes });
  });

  it('does not compare what it cannot count: out of memory even the right code is a fault [AVL-3] [A55]', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(redis);
    // What makes room first may write: a budget is counted even then.
    const { spend, ...writes } = verbs(store, { record, challenge }).writes;
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
      await store.end(other.userId, [other.id]);
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
    expect((await store.enrollment(record.userId)).version).toBe(0);
    expect(await store.settle(anAttempt(record, challenge))).toEqual({ status: 'accepted' });
  });

  it('lets sessions end while Redis is out of memory', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record } = await arranged(redis);
    await redis.config('SET', 'maxmemory', '1');
    try {
      await store.end(record.userId, 'all');
      expect(await store.session(pointerTo(record))).toEqual({});
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
  });

  it('grants and counts nothing on a replica [AVL-2] [A55]', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(redis);
    // A master that is not there: the data stay, and may not be written.
    await redis.replicaof('127.0.0.1', 1);
    try {
      await allRejected(verbs(store, { record, challenge }).writes);
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
    const some = verbs(store, await arranged(redis));
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
    const { reads, writes, deletes } = verbs(
      redisStore(await make()),
      await arranged(await connectedClient()),
    );
    await allRejected({ ...reads, ...writes, ...deletes });
  });

  it('lets an error say what went wrong and nothing of what was sent', async () => {
    const redis = await connectedClient();
    const store = patient(redis);
    const { record, challenge } = await arranged(redis);
    const attempt = anAttempt(record, challenge);
    await redis.config('SET', 'maxmemory', '1');
    const error: unknown = await store.settle(attempt).catch((reason: unknown) => reason);
    await redis.config('SET', 'maxmemory', '0');
    expect(error).toMatchObject({ ...UNAVAILABLE, cause: { name: 'ReplyError', message: 'OOM' } });
    const all = show(error, { depth: 20, showHidden: true, maxStringLength: null });
    for (const secret of [record.secret, record.userId, challenge.id, RIGHT, 'evalsha'])
      expect(all).not.toContain(secret);
  });

  it('tries nothing a second time but a script that Redis did not know [AVL-4]', async () => {
    const asked: string[] = [];
    const failing = (message: string) => {
      const fail = (name: string) => async (): Promise<never> => {
        asked.push(name);
        throw new Error(message);
      };
      return {
        status: 'ready',
        evalsha: fail('evalsha'),
        eval: fail('eval'),
        hmget: fail('hmget'),
      };
    };
    const settle = (message: string): Promise<unknown> => {
      const record = aRecord();
      return redisStore(failing(message)).settle(anAttempt(record, aChallenge(record)));
    };
    for (const message of ['READONLY no', 'Connection is closed.', 'ERR NOSCRIPT in a message']) {
      await expect(settle(message)).rejects.toMatchObject(UNAVAILABLE);
    }
    expect(asked).toEqual(['evalsha', 'evalsha', 'evalsha']);
    await expect(settle('NOSCRIPT No matching script.')).rejects.toMatchObject(UNAVAILABLE);
    expect(asked.slice(3)).toEqual(['evalsha', 'eval']);
  });

  it.each([undefined, null, 0, 'OK', [], ['accepted!'], ['refused', 'x'], [['accepted']], {}])(
    'takes the answer %j of Redis for a fault',
    async (answer) => {
      const reply = async (): Promise<never> => answer as never;
      const store = redisStore({ status: 'ready', evalsha: reply, eval: reply, hmget: reply });
      const record = aRecord();
      const { settle, open, save } = verbs(store, { record, challenge: aChallenge(record) }).writes;
      await allRejected({ settle, open, save, load: () => store.load(pointerTo(record)) });
    },
  );

  it('takes a client that throws for one that fails', async () => {
    const thrower = (): never => {
      throw new TypeError('secret');
    };
    const store = redisStore({ status: 'ready', evalsha: thrower, eval: thrower, hmget: thrower });
    await expect(store.enrollment('u')).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.sessions('u')).rejects.toMatchObject({ cause: { name: 'TypeError' } });
  });
});

/** A proxy that, once deaf, carries what clients say and nothing of what the server answers. */
async function deafProxy(to: number) {
  const sockets = new Set<Socket>();
  const state = {
    port: 0,
    deaf: false,
    hangUp: () => sockets.forEach((socket) => socket.destroy()),
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve());
        state.hangUp();
      }),
  };
  const listener: Server = createServer((near) => {
    const far = dial(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => void (state.deaf || near.write(chunk)));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', () => resolve()));
  state.port = (listener.address() as AddressInfo).port;
  return state;
}
