import { describeWithRedis } from '../support/redis-harness.ts';
import { appCode, guardOf, sentCode, sentCodes, signedIn, userWithMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import type { Visitor } from './visitor.ts';

const MFA = '/v1/account/mfa';

describeWithRedis('[A28] a session entered by the routes of enrollment and recovery', () => {
  const processes = twoProcesses();

  /** Goes through every way in that is not the sign-in, to its end where it goes on. */
  async function puzzle(site: Site, visitor: Visitor, userId: string): Promise<void> {
    for (const factor of ['totp', 'email', 'phone']) {
      const begun = await visitor.post(`${MFA}/authenticators/${factor}`, { name: 'mine' });
      const otp =
        typeof begun.body.secret === 'string'
          ? appCode(site, begun.body.secret)
          : sentCodes(site).length > 0
            ? sentCode(site)
            : '123456';
      await visitor.put(`${MFA}/authenticators/${factor}`, { otp });
    }
    for (const contact of ['email', 'phone']) {
      await visitor.post(`/v1/account/verifications/${contact}`);
      const secret = sentCodes(site).length > 0 ? sentCode(site) : '123456';
      await visitor.put(`/v1/account/verifications/${contact}`, { userId, secret });
    }
    const made = await visitor.post(`${MFA}/recovery-codes`);
    const [code = 'AAAA-AAAA-AAAA-AAAA'] = (made.body.recoveryCodes ?? []) as readonly string[];
    const opened = await visitor.post(`${MFA}/challenges`, { factor: 'recoveryCode' });
    const challengeId = opened.body.$id ?? 'x'.repeat(43);
    await visitor.put(`${MFA}/challenges`, { challengeId, otp: code });
    await visitor.patch(MFA, { mfa: false });
  }

  it('has no effect at the guard, for nobody and for a half signed-in user [SES-3] [VER-11]', async () => {
    const site = await processes.site();
    const { user } = await userWithMail(site, { phone: '+14155552671' });
    const nobody = site.visitor();
    const half = await signedIn(site, user);
    for (const visitor of [nobody, half]) {
      const before = sentCodes(site);
      await puzzle(site, visitor, user.id);
      expect(sentCodes(site)).toEqual(before);
      for (const path of ['/reports', '/vault', '/v1/account']) {
        expect([path, await guardOf(visitor, path)]).toEqual([path, 401]);
      }
    }
    expect(nobody.cookie).toBe('');
    expect(await site.count('authenticator_added')).toBe(0);
    expect(await site.count('mfa_switched_off')).toBe(0);
  });
});
