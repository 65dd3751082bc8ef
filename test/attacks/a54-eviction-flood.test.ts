import { Redis } from 'ioredis';

import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import type { RedisServer } from '../support/redis-harness.ts';
import { keysUnder } from '../stores/connected.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  guardOf,
  signedIn,
  userWithTotp,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

const LOCKS = [{ count: 3, waitMs: 3_600_000 }];
const YEARS_MS = 50_000_000_000;

describeWithRedis('[A54] a Redis that is filled up until it drops what it holds', () => {
  const processes = twoProcesses();
  let server: RedisServer;
  let redis: Redis;
  beforeEach(async () => {
    server = await startRedis();
    redis = new Redis(server.port);
  });
  afterEach(async () => {
    redis.disconnect();
    await server.stop();
  });

  const siteUnder = async (policy: string, strict = false): Promise<Site> => {
    await redis.config('SET', 'maxmemory-policy', policy);
    const options = { locks: LOCKS, hosting: { strict } };
    return processes.site({ storePort: server.port, options });
  };

  /** Writes what outlives everything of ours, until the memory is full and no more is dropped, or taken. */
  async function flood(): Promise<void> {
    const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
    await redis.config('SET', 'maxmemory', used + 2_000_000);
    const filler = 'x'.repeat(10_000);
    for (let i = 0; i < 2_000; i += 1) {
      const taken = await redis.set(`flood:${i}`, filler, 'PX', YEARS_MS).catch(() => 'OOM');
      if (taken === 'OOM') return;
    }
  }

  /** A user who is in, and one whose app is locked by wrong codes. */
  async function story(site: Site) {
    const [member, victim] = [await userWithTotp(site), await userWithTotp(site)];
    const thief = await signedIn(site, victim.user);
    const id = await challenge(thief, 'totp');
    const wrong = wrongAppCode(site, victim.secret);
    for (let i = 0; i < 3; i += 1) expected(await answer(thief, id, wrong), 401);
    expected(await answer(thief, id, wrong), 429);
    return { member, victim, thief, id };
  }

  it.each(['volatile-ttl', 'volatile-lru', 'allkeys-lru', 'allkeys-random'])(
    'is told once under %s, and refused in strict mode before anybody is served [STO-9]',
    async (policy) => {
      const mild = await siteUnder(policy);
      const { owner } = await userWithTotp(mild);
      expect(await guardOf(owner)).toBe(200);
      // Each process tells it for itself.
      expect(await mild.count('warning', 'store')).toBe(2);
      const told = (await mild.seen()).find(({ reason }) => reason === 'store');
      expect(String(told?.error)).toContain(`maxmemory-policy of Redis is ${policy}`);

      const strict = await siteUnder(policy, true);
      const { email, password } = strict.addUser();
      const refused = await strict
        .visitor()
        .post('/v1/account/sessions/email', { email, password });
      expect([refused.status, await guardOf(strict.visitor())]).toEqual([500, 500]);
    },
  );

  it('opens nothing by sessions and facts that were dropped: who was in signs in again, with the second factor [AVL-1]', async () => {
    const site = await siteUnder('volatile-ttl');
    const { member } = await story(site);
    const pending = await signedIn(site, member.user);
    const id = await challenge(pending, 'totp');
    await flood();
    const left = await keysUnder(site.prefix, [redis]);
    expect(left.filter((key) => !key.endsWith(':enrollment'))).toEqual([]);

    expect([await guardOf(member.owner), await guardOf(pending)]).toEqual([401, 401]);
    expect((await answer(pending, id, appCode(site, member.secret))).status).toBe(401);
    // A Redis that stays full drops what is written now just as well, at any moment.
    await redis.config('SET', 'maxmemory', 0);
    const again = await signedIn(site, member.user);
    // What is bound has no time to live, so MFA is still on.
    expect(await guardOf(again)).toBe(401);
    const next = await challenge(again, 'totp');
    expected(await answer(again, next, appCode(site, member.secret)), 200);
    expect(await guardOf(again)).toBe(200);
  });

  it('keeps every lock and session under noeviction, and refuses what it cannot write [AVL-2] [AVL-3]', async () => {
    const site = await siteUnder('noeviction');
    const { member, victim, thief, id } = await story(site);
    await flood();
    // Not a byte is left, whatever the connections of the flood took and gave back.
    await redis.config('SET', 'maxmemory', 1);
    const code = appCode(site, victim.secret);
    expect(await guardOf(member.owner)).toBe(200);
    expect((await answer(thief, id, code)).status).toBe(429);
    const { email, password } = victim.user;
    const login = site.visitor().post('/v1/account/sessions/email', { email, password });
    expect((await login).status).toBe(503);
    await redis.config('SET', 'maxmemory', 0);
    expect((await answer(thief, id, code)).status).toBe(429);
    expect(await guardOf(thief)).toBe(401);
    expect(await site.count('warning', 'store')).toBe(0);
  });
});
