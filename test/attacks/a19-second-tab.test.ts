import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, challenge, guardOf, pendingByMail, sentCode } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const PHONE = { phone: '+14155552671', phoneVerified: true };

describeWithRedis('[A19] the pages of a login that is finished, sent again', () => {
  const processes = twoProcesses();

  it('elevate nobody a second time, by back button or in another tab [REP-1] [SES-1]', async () => {
    const site = await processes.site();
    const { visitor: tab, id, code, user } = await pendingByMail(site);
    site.users.set(user.id, { ...user, ...PHONE });
    const second = await challenge(tab, 'phone');
    const texted = sentCode(site);
    // What a thief, or a page in the cache, still has: the cookie of before.
    const stale = tab.copy();
    expect((await answer(tab, id, code)).status).toBe(200);
    const elevated = tab.copy();

    expect((await answer(tab, id, code)).status).toBe(401);
    expect((await answer(elevated, id, code)).status).toBe(401);
    expect([tab.cookie, elevated.cookie]).toEqual([elevated.cookie, elevated.cookie]);
    expect((await answer(stale, id, code)).status).toBe(401);
    expect((await answer(stale, second, texted)).status).toBe(401);
    const reopened = await stale.post('/v1/account/mfa/challenges', { factor: 'phone' });
    expect(reopened.status).toBe(401);
    expect(await guardOf(stale)).toBe(401);
    expect(await site.count('challenge_completed')).toBe(1);
    expect(await guardOf(tab)).toBe(200);
  });
});
