import { Redis } from 'ioredis';

import { userTag } from '../../lib/crypto/user-tag.ts';
import type { HostUser } from '../support/app.ts';
import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  enrollTotp,
  guardOf,
  pendingByMail,
  signedIn,
  switchOn,
  userWithMail,
  userWithTotp,
  wrongCodes,
} from './story.ts';
import type { Site } from './two-processes.ts';
import { twoProcesses } from './two-processes.ts';
import type { Visitor } from './visitor.ts';

type Json = Readonly<Record<string, unknown>>;

/** The MAC that is asked for, in shapes that an attacker has without the key. */
const NO_MACS: readonly unknown[] = [undefined, null, '', '.', 'k.', 1, true, {}, []];

describeWithRedis('[A56] what Redis keeps, edited by hand', () => {
  const processes = twoProcesses();
  let redis: Redis;
  let site: Site;

  beforeEach(async () => {
    site = await processes.site();
    redis = new Redis(site.redisPort, '127.0.0.1');
  });
  afterEach(async () => {
    redis.disconnect();
    expect(await site.count('fault')).toBe(0);
  });

  const keyOf = ({ id }: HostUser, what: string): string =>
    `${site.prefix}mfa:{${userTag(id)}}:${what}`;
  const read = async (key: string, field: string): Promise<string> => {
    const value = await redis.hget(key, field);
    if (value === null) throw new Error(`There is no ${field}.`);
    return value;
  };
  /** The names of the records of a user, the latest last. */
  const recordsOf = async (user: HostUser): Promise<readonly string[]> => {
    const fields = await redis.hkeys(keyOf(user, 'sessions'));
    return fields.filter((field) => field.startsWith('record:'));
  };
  /** The record that another browser's sign-in adds. */
  const pending = async (user: HostUser) => {
    const before = await recordsOf(user);
    const visitor = await signedIn(site, user);
    const field = (await recordsOf(user)).find((name) => !before.includes(name)) ?? '';
    return { visitor, field };
  };
  const unverified = (reason: string): Promise<number> => site.count('record_unverified', reason);

  it('elevates no session: no field of a record may be another', async () => {
    const { user, owner } = await userWithTotp(site);
    const key = keyOf(user, 'sessions');
    const [field = ''] = await recordsOf(user);
    const genuine = await read(key, field);
    const { mac, seenAt: _, ...record } = json(genuine);
    const edits: readonly Json[] = [
      ...Object.keys(record).map((name) => ({ mac, ...record, [name]: other(record[name]) })),
      ...Object.keys(record)
        .filter((name) => name === 'factsFrom' || name === 'renewedAt')
        .map((name) => ({ mac, ...record, [name]: undefined })),
      { mac, ...record, renewedAt: site.now + 1 },
      { mac, ...record, admin: true },
      ...NO_MACS.map((made) => ({ ...record, mac: made })),
    ];
    expect(edits.length).toBeGreaterThan(16);
    for (const edit of edits) {
      await redis.hset(key, field, withJson(genuine, { seenAt: site.now, ...edit }));
      expect([edit, await statusesOf(owner)]).toEqual([edit, [401, 401, 401]]);
    }
    expect(await unverified('record')).toBeGreaterThan(0);
    await redis.hset(key, field, genuine);
    expect(await guardOf(owner)).toBe(200);
  });

  it('lends no session what another one completed, of the same user or of another', async () => {
    const { user } = await userWithTotp(site);
    const [complete = ''] = await recordsOf(user);
    const mallory = site.addUser();
    const foreign = await pending(mallory);
    expect(await guardOf(foreign.visitor)).toBe(200);
    const thief = await pending(user);
    const key = keyOf(user, 'sessions');
    const [own, done, others] = [
      await read(key, thief.field),
      await read(key, complete),
      await read(keyOf(mallory, 'sessions'), foreign.field),
    ];
    const [mine, theirs] = [json(own), json(done)];
    const { id, secret, mac } = mine;
    const forged = [
      withJson(own, { ...mine, completed: theirs.completed }),
      withJson(own, { ...mine, completed: theirs.completed, mac: theirs.mac }),
      withJson(own, { ...theirs, id, secret }),
      withJson(own, { ...theirs, id, secret, mac }),
      withJson(own, { ...json(others), id, secret, userId: user.id }),
      done,
      others,
      `${own.slice(0, own.indexOf(' '))}${done.slice(done.indexOf(' '))}`,
    ];
    for (const value of forged) {
      await redis.hset(key, thief.field, value);
      expect([value, await statusesOf(thief.visitor)]).toEqual([value, [401, 401, 401]]);
    }
    await redis.hset(key, thief.field, own);
    expect(await guardOf(thief.visitor)).toBe(401);
    expect(await guardOf(foreign.visitor)).toBe(200);
  });

  it('disarms no guard: made up facts, those of others and older ones count as missing', async () => {
    const user = site.addUser();
    const mallory = site.addUser();
    await signedIn(site, mallory);
    const early = await signedIn(site, user);
    const key = keyOf(user, 'sessions');
    const before = await read(key, 'facts');
    await enrollTotp(site, early);
    await switchOn(early);
    const after = await read(key, 'facts');
    const { visitor: thief } = await pending(user);
    const facts = json(after);
    const { version } = facts as { version: number };
    const open = { mfa: false, held: [] };
    const forged: readonly (readonly [string, number])[] = [
      [JSON.stringify({ ...facts, ...open }), version],
      [JSON.stringify({ ...facts, ...open, version: version + 1 }), version + 1],
      [JSON.stringify({ ...facts, ...open, version: 1e15 }), 1e15],
      ...NO_MACS.map((mac) => [JSON.stringify({ ...facts, ...open, mac }), version] as const),
      [JSON.stringify({ ...facts, held: [] }), version],
      [JSON.stringify({ ...facts, mfa: false }), version],
      [await read(keyOf(mallory, 'sessions'), 'facts'), version],
      [JSON.stringify({ ...json(before), version }), version],
      [before, version],
      [before, 0],
      [before, 1e15],
    ];
    for (const [value, v] of forged) {
      await redis.hset(key, 'facts', value, 'facts:v', v);
      expect([value, await statusesOf(thief)]).toEqual([value, [401, 401, 401]]);
      expect(await guardOf(early)).toBe(200);
    }
    expect(await unverified('facts')).toBeGreaterThan(0);
  });

  it('puts no challenge to another use, and lets none be answered by another code [STO-2]', async () => {
    const { user, visitor, id, code } = await pendingByMail(site);
    const key = keyOf(user, 'challenges');
    const [slot = ''] = await redis.hkeys(key);
    const genuine = await read(key, slot);
    const { mac, ...challenge } = json(genuine);
    const edits: readonly string[] = [
      ...Object.keys(challenge).map((name) =>
        withChallenge({ mac, ...challenge, [name]: other(challenge[name]) }),
      ),
      withChallenge({ ...challenge, mac, tries: 500 }),
      withChallenge({ ...challenge, mac, expiresAt: site.now + 3_600_000 }),
      withChallenge({ ...challenge, mac, expects: undefined }),
      ...NO_MACS.map((made) => withChallenge({ ...challenge, mac: made })),
    ];
    for (const edit of edits) {
      await redis.hset(key, slot, edit);
      const answers = [await answer(visitor, id, code), await answer(visitor, id, '000000')];
      expect([edit, answers.map(({ status }) => status)]).toEqual([edit, [401, 401]]);
      expect(await guardOf(visitor)).toBe(401);
    }
    expect(await unverified('challenge')).toBeGreaterThan(0);
    await redis.hset(key, slot, genuine);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });

  it('decides an answer by nothing that was changed beside the challenge', async () => {
    const { user, visitor, id, code } = await pendingByMail(site);
    const key = keyOf(user, 'challenges');
    const [slot = ''] = await redis.hkeys(key);
    const genuine = await read(key, slot);
    const document = genuine.slice(genuine.indexOf('{'));
    const [key_, factor, expiresAt, tries, expects] = genuine.split(' ');
    const heads = [
      [key_, factor, expiresAt, tries, '-'],
      [key_, factor, expiresAt, '500', expects],
      [key_, factor, '9999999999999', tries, expects],
      [key_, 'totp', expiresAt, tries, expects],
    ];
    for (const head of heads) {
      await redis.hset(key, slot, `${head.join(' ')} ${document}`);
      for (const wrong of wrongCodes(3, code))
        expect([head, (await answer(visitor, id, wrong)).status]).toEqual([head, 401]);
      expect(await guardOf(visitor)).toBe(401);
    }
    await redis.hset(key, slot, genuine);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });

  it('takes no challenge of another user or of another session [STO-2]', async () => {
    const victim = await userWithMail(site);
    const { visitor: thief, field } = await pending(victim.user);
    const session = field.slice('record:'.length);
    const mallory = await pendingByMail(site);
    const malloryKey = keyOf(mallory.user, 'challenges');
    const [theirSlot = ''] = await redis.hkeys(malloryKey);
    const theirs = await read(malloryKey, theirSlot);
    const own = await pendingByMail(site, victim.user);
    const key = keyOf(victim.user, 'challenges');
    const [slot = ''] = await redis.hkeys(key);
    const { mac, ...ours } = json(await read(key, slot));
    const place = `${session}/prove/${String(ours.authenticator)}`;
    const { expects } = json(theirs);
    const forged: readonly (readonly [string, string, string])[] = [
      [theirs, mallory.id, mallory.code],
      [
        withChallenge({ ...json(theirs), userId: victim.user.id, session }),
        mallory.id,
        mallory.code,
      ],
      [withChallenge({ ...ours, mac, session, expects }), own.id, mallory.code],
      [withChallenge({ ...ours, mac, session }), own.id, own.code],
      [await read(key, slot), own.id, own.code],
    ];
    for (const [value, id, code] of forged) {
      await redis.hset(key, place, value);
      expect([value, (await answer(thief, id, code)).status]).toEqual([value, 401]);
      expect(await guardOf(thief)).toBe(401);
    }
    await redis.hdel(key, place);
    expect((await answer(own.visitor, own.id, own.code)).status).toBe(200);
  });
});

/** How a session is let in: by a guard, by one that wants a fresh factor, and at its own account. */
async function statusesOf(visitor: Visitor): Promise<readonly number[]> {
  const account = await visitor.get('/v1/account');
  return [await guardOf(visitor), await guardOf(visitor, '/vault'), account.status];
}

function json(value: string): Json {
  return JSON.parse(value.slice(value.indexOf('{'))) as Json;
}

/** The same head before another document. */
function withJson(value: string, document: Json): string {
  return value.slice(0, value.indexOf('{')) + JSON.stringify(document);
}

/** A challenge with a head that fits it. */
function withChallenge(challenge: Json): string {
  const { id, factor, expiresAt, tries, expects = '-' } = challenge;
  return `${[id, factor, expiresAt, tries, expects].join(' ')} ${JSON.stringify(challenge)}`;
}

/** Another value of the same type. */
function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.slice(0, -1);
  if (value === 'prove') return 'enroll';
  if (value === 'unknown') return 'known';
  return `${String(value)}x`;
}
