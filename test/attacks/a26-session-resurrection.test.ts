import { Redis } from 'ioredis';

import { describeWithRedis } from '../support/redis-harness.ts';
import { expected, guardOf, proveTotp, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import type { Visitor } from './visitor.ts';

describeWithRedis('[A26] a session that a slow request brings back', () => {
  const processes = twoProcesses();

  /** What express-session has stored under the id in this cookie. */
  async function storedOf(site: Site, { cookie }: Visitor): Promise<string> {
    const sid = decodeURIComponent(cookie).slice(2).split('.')[0] ?? '';
    const redis = new Redis(site.redisPort, '127.0.0.1');
    const stored = await redis.get(`${site.prefix}sess:${sid}`);
    redis.disconnect();
    return stored ?? '';
  }

  /** Lets a request that writes its session last from before `what` until after it. */
  async function across(site: Site, visitor: Visitor, what: () => Promise<unknown>) {
    const old = visitor.copy();
    const slow = old.get('/slow');
    await site.slow.holds(1);
    await what();
    site.slow.release();
    expected(await slow, 200);
    // The attack did happen: the old session is stored again, pointer and all.
    expect(await storedOf(site, old)).toContain('"mfa"');
    for (const path of ['/reports', '/vault', '/v1/account', '/v1/account/mfa/factors']) {
      expect([path, await guardOf(old, path)]).toEqual([path, 401]);
    }
    const opened = await old.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect(opened.status).toBe(401);
  }

  it('grants nothing when the request began before the second factor [SES-2]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    await across(site, visitor, () => proveTotp(site, visitor, secret));
    expect(await guardOf(visitor)).toBe(200);
  });

  it('grants nothing when the request began before the logout [SES-2] [SES-10]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    await proveTotp(site, visitor, secret);
    expect(await guardOf(visitor)).toBe(200);
    await across(site, visitor, () => visitor.delete('/v1/account/sessions/current'));
    expect(await guardOf(visitor)).toBe(401);
  });
});
