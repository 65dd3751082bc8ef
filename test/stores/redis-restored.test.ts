import type { Redis } from 'ioredis';

import { endSessions, forget } from '../../lib/core/commands/end-sessions.ts';
import { inspect } from '../../lib/core/commands/inspect.ts';
import { switchMfa } from '../../lib/core/commands/switch-mfa.ts';
import { parsePointer } from '../../lib/core/pointer.ts';
import { redisStore } from '../../lib/redis.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { keysOf } from '../../lib/stores/redis/keys.ts';
import { splitStore } from '../../lib/stores/split.ts';
import { MINUTE } from '../contracts/store-builders.ts';
import { aWorld } from '../contracts/store-world.ts';
import type { Member, World } from '../contracts/store-world.ts';
import { describeWithRedis, uniquePrefix } from '../support/redis-harness.ts';
import { connected, single } from './connected.ts';
import { hostTable } from './host-table.ts';

/** A session of a member that has proved the app. */
async function proven(world: World, member: Member): Promise<string> {
  const pointer = await world.signIn(member);
  const answer = await world.answer(pointer, await world.open(pointer, 'totp'), member.totp());
  if (answer.status !== 'done' || !answer.pointer) throw new Error('No proof.');
  world.clock.now += MINUTE / 2;
  return answer.pointer;
}

/** Switches MFA by a session that has just proved the app; answers where the session is then. */
async function switched(world: World, pointer: string, on: boolean): Promise<string> {
  const answer = await switchMfa(world.engines[0], { pointer }, on);
  if (answer.status !== 'done' || !answer.pointer) throw new Error('Not switched.');
  return answer.pointer;
}

/** Arranges a session and answers what outdates it. */
type Story = (
  world: World,
  member: Member,
) => Promise<{ readonly pointer: string; readonly outdate: () => Promise<unknown> }>;

const STORIES: readonly (readonly [string, Story, reason: string])[] = [
  [
    'whose user’s sessions were all ended',
    async (world, member) => ({
      pointer: await proven(world, member),
      outdate: () => endSessions(world.engines[1], {}, member.user.id),
    }),
    'first-factor',
  ],
  [
    'whose user was forgotten',
    async (world, member) => ({
      pointer: await proven(world, member),
      outdate: () => forget(world.engines[1], {}, member.user.id),
    }),
    'first-factor',
  ],
  [
    'of a password alone since MFA was switched on',
    async (world, member) => {
      const owner = await switched(world, await proven(world, member), false);
      const pointer = await world.signIn(member);
      return { pointer, outdate: () => switched(world, owner, true) };
    },
    'more-factors',
  ],
];

describeWithRedis.each([
  ['redisStore', false],
  ['splitStore', true],
])('what was in Redis before, put back beside what is durable in %s', (_, isSplit) => {
  const prefix = uniquePrefix();
  let clients: readonly [Redis, Redis];
  let world: World;
  beforeAll(async () => {
    clients = await connected(single);
    const table = hostTable();
    const [one, two] = clients.map((client) => {
      const store = redisStore(client, { prefix, timeoutMs: 10_000 });
      return isSplit ? splitStore(table, store) : store;
    });
    if (one && two) world = aWorld([one, two]);
  });
  afterAll(() => clients.forEach((client) => client.disconnect()));

  it.each(STORIES)(
    'opens nothing to a session %s, within a minute [STO-10] [SES-4]',
    async (_what, story, reason) => {
      const [redis] = clients;
      const member = await world.member();
      const { pointer, outdate } = await story(world, member);
      const [engine] = world.engines;
      const guard = () => inspect(engine, { pointer }, {});
      expect(await guard()).toMatchObject({ status: 'done' });
      const [, key] = keysOf(prefix, userTag(member.user.id));
      const [dump, ttl] = [await redis.dumpBuffer(key), await redis.pttl(key)];
      const at = parsePointer(pointer);
      const before = at && (await engine.store.session(at));

      await outdate();
      expect(await guard()).toMatchObject({ reason });
      await redis.restore(key, ttl, dump, 'REPLACE');
      expect(at && (await engine.store.session(at))).toEqual(before);

      world.clock.now += MINUTE;
      expect(await guard()).toMatchObject({ reason });
      // Nor at the next request: what was put back counts no more.
      expect(await guard()).toMatchObject({ reason });
    },
  );
});
