import { Redis } from 'ioredis';

import { openChallenge } from '../../lib/core/commands/open-challenge.ts';
import { inspect } from '../../lib/core/commands/inspect.ts';
import { formatPointer } from '../../lib/core/pointer.ts';
import type { Store } from '../../lib/core/ports.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { redisStore } from '../../lib/redis.ts';
import {
  aChallenge,
  aChange,
  anOpen,
  aRecord,
  aSession,
  MINUTE,
  NOW,
  pointerTo,
} from '../contracts/store-builders.ts';
import { aWorld } from '../contracts/store-world.ts';
import { describeWithRedis, startRedis, uniquePrefix } from '../support/redis-harness.ts';
import { monitorRedis } from '../support/redis-monitor.ts';
import { connected, keysUnder, ready, single } from './connected.ts';

describeWithRedis('what redisStore keeps', () => {
  const prefix = uniquePrefix();
  let clients: readonly [Redis, Redis];
  let store: Store;

  beforeAll(async () => {
    clients = await connected(single);
    store = redisStore(clients[0], { prefix, timeoutMs: 10_000 });
  });
  afterAll(() => clients.forEach((client) => client.disconnect()));

  /** Every key under the prefix with all its fields and values, as text. */
  const dump = async (): Promise<string> => {
    const keys = await keysUnder(prefix, clients);
    const hashes = await Promise.all(keys.map((key) => clients[0].hgetall(key)));
    return JSON.stringify(keys.map((key, i) => [key, hashes[i]]));
  };

  it('has no user id, address or code in the clear in names, and no address or code in values [STO-1] [STO-7]', async () => {
    const world = aWorld([store, store]);
    const member = await world.member();
    const pointer = await world.signIn(member);
    await world.open(pointer, 'totp');
    await world.open(pointer, 'email');
    const code = world.outbox.at(-1)?.text ?? '';
    const totp = await world.open(pointer, 'totp');
    await world.answer(pointer, totp, '000000');

    const { id, email = '' } = member.user;
    const keys = await keysUnder(prefix, clients);
    const fields = await Promise.all(keys.map((key) => clients[0].hkeys(key)));
    const names = [...keys, ...fields.flat()].join('\n');
    expect(names).toContain(userTag(id));
    for (const clear of [id, email, email.split('@')[0] ?? '', code])
      expect(names).not.toContain(clear);
    const values = await dump();
    expect(values).not.toContain(email);
    expect(values).not.toContain('acme.example');
    expect(values).not.toMatch(new RegExp(`(?<![0-9])${code}(?![0-9])`));
    expect(values).not.toContain('JBSWY3DPEHPK3PXP');
    for (const recovery of member.recoveryCodes)
      expect(values).not.toContain(recovery.replaceAll('-', ''));
  });

  it('lets no text that is no pointer become part of a command [STO-8] [A13]', async () => {
    const server = await startRedis();
    const client = new Redis(server.port);
    await ready(client);
    const monitor = await monitorRedis(server.port);
    const quiet = redisStore(client, { prefix, timeoutMs: 10_000 });
    const world = aWorld([quiet, quiet]);
    const good = pointerTo(aRecord());
    const hostile: unknown[] = [
      '*',
      '../',
      'sess:x',
      'x'.repeat(10_000),
      ['mfa:*'],
      { tag: '*', id: '*', secret: '*' },
      formatPointer({ ...good, tag: 'hostile*' }),
      formatPointer({ ...good, tag: `${good.tag}}hostile` }),
      `${formatPointer(good)}\nhostile`,
      `hostile${formatPointer(good)}`,
      formatPointer({ ...good, id: 'facts' }),
    ];
    for (const pointer of hostile) {
      const caller = { pointer: pointer as string };
      const [engine] = world.engines;
      expect(await inspect(engine, caller, {})).toMatchObject({ reason: 'first-factor' });
      const opened = await openChallenge(engine, caller, { factor: 'totp' });
      expect(opened).toMatchObject({ reason: 'first-factor' });
    }
    await quiet.session(good);
    await monitor.until(good.tag);
    client.disconnect();
    monitor.close();
    await server.stop();
    const ours = monitor.lines.filter((line) => line.includes(prefix) || line.includes('hostile'));
    expect(ours).toHaveLength(1);
  });

  it('gives out no record that was copied under the tag of another user [A56]', async () => {
    const mallory = await aSession(store);
    const victim = await aSession(store);
    const sessions = (userId: string): string => `${prefix}{${userTag(userId)}}:sessions`;
    const field = `record:${mallory.id}`;
    const [value] = await clients[0].hmget(sessions(mallory.userId), field);
    await clients[0].hset(sessions(victim.userId), field, value ?? '');
    const crossed = { ...pointerTo(mallory), tag: userTag(victim.userId) };
    expect(await store.session(crossed)).toEqual({});
    expect(await store.load(crossed)).not.toHaveProperty('record');
    expect(await store.sessions(victim.userId)).toEqual([victim]);
  });

  it('refuses to work with an enrollment that was copied from another user [A56]', async () => {
    const [mallory, victim] = [await aSession(store), await aSession(store)];
    await store.save(aChange(mallory));
    const [from, to] = [mallory, victim].map(
      ({ userId }) => `${prefix}{${userTag(userId)}}:enrollment`,
    );
    await clients[0].hset(to ?? '', await clients[0].hgetall(from ?? ''));
    const unavailable = { code: 'store_unavailable' };
    await expect(store.enrollment(victim.userId)).rejects.toMatchObject(unavailable);
    await expect(store.load(pointerTo(victim))).rejects.toMatchObject(unavailable);
  });

  it.each(['', 'nonsense', '{', '{}', '[]', '{"id":1}', 'x 1 1 {}'])(
    'refuses to work with a record, facts, challenge or enrollment that reads %j',
    async (text) => {
      const record = await aSession(store);
      const challenge = await anOpen(store, record);
      const base = `${prefix}{${userTag(record.userId)}}`;
      const rejects = (work: Promise<unknown>): Promise<void> =>
        expect(work).rejects.toMatchObject({ code: 'store_unavailable' });

      const slot = (await clients[0].hkeys(`${base}:challenges`))[0] ?? '';
      await clients[0].hset(`${base}:challenges`, slot, text);
      await rejects(store.load(pointerTo(record)));
      const attempt = { challenge, secret: record.secret, ok: true, locks: [], now: 0 };
      await rejects(store.settle(attempt));
      await clients[0].del(`${base}:challenges`);

      await clients[0].hset(`${base}:enrollment`, 'document', text);
      await rejects(store.load(pointerTo(record)));
      await rejects(store.enrollment(record.userId));
      await clients[0].del(`${base}:enrollment`);

      await clients[0].hset(`${base}:sessions`, 'facts', text);
      await rejects(store.session(pointerTo(record)));
      await clients[0].hset(`${base}:sessions`, `record:${record.id}`, text);
      await rejects(store.session(pointerTo(record)));
      await rejects(store.load(pointerTo(record)));
      await rejects(store.sessions(record.userId));
      await clients[0].del(`${base}:sessions`);
      await clients[0].set(`${base}:sessions`, text);
      await rejects(store.session(pointerTo(record)));
    },
  );

  it('runs under a user who may touch its own keys by these commands only [STO-12]', async () => {
    const own = uniquePrefix();
    const name = `mfa-${own}`;
    const hash = 'evalsha eval del hmget hget hset hdel hincrby hgetall hkeys pttl pexpire';
    const set = 'zadd zcount zrangebyscore zrem zremrangebyscore zscore';
    const commands = `${hash} ${set}`.split(' ');
    const connecting = ['info', 'hello', 'client', 'auth', 'select', 'ping'];
    const allowed = [...commands, ...connecting].map((command) => `+${command}`);
    const rules = ['on', '>secret', 'resetkeys', `~${own}*`, 'nocommands', ...allowed];
    await clients[0].call('ACL', 'SETUSER', name, ...rules);
    const limited = clients[0].duplicate({ username: name, password: 'secret' });
    try {
      const world = aWorld([
        redisStore(limited, { prefix: own }),
        redisStore(limited, { prefix: own }),
      ]);
      await new Promise<void>((resolve) => limited.once('ready', () => resolve()));
      const member = await world.member();
      const pointer = await world.signIn(member);
      const challenge = await world.open(pointer, 'email');
      await world.answer(pointer, challenge, 'no');
      const code = world.outbox.at(-1)?.text ?? '';
      expect(await world.answer(pointer, challenge, code)).toMatchObject({ status: 'done' });
      const record = await aSession(world.engines[0].store);
      await world.engines[0].store.withdraw(aChallenge(record));
      await world.engines[0].store.end(userTag(record.userId), 'all');
      await world.engines[0].store.forgive(userTag(record.userId));
      await world.engines[0].store.erase(userTag(record.userId));
      const budget = { name: 'network', windows: [{ limit: 1, windowMs: MINUTE }] };
      for (const id of ['a', 'b']) await world.engines[0].store.spend(budget, id, NOW);
      await world.engines[0].store.refund(budget, 'a');
      expect(await world.engines[0].store.tally(budget, 0)).toBe(0);
    } finally {
      limited.disconnect();
      await clients[0].acl('DELUSER', name);
    }
  });
});
