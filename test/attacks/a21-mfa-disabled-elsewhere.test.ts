import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  enrollTotp,
  expected,
  guardOf,
  proveTotp,
  signedIn,
  switchOn,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

const TOTP = '/v1/account/mfa/authenticators/totp';

describeWithRedis('[A21] MFA switched off or on in another session', () => {
  const processes = twoProcesses();

  it('makes nothing more of a session that had the password only [ENR-4] [SES-5]', async () => {
    const site = await processes.site();
    const { user, secret, owner } = await userWithTotp(site);
    await proveTotp(site, owner, secret);
    const attacker = await signedIn(site, user);
    const id = await challenge(attacker, 'totp');
    expected(await owner.patch('/v1/account/mfa', { mfa: false }), 200);
    // It is worth a password, as every new login now is, and no more.
    const reports = expected(await attacker.get('/reports'), 200);
    expect(reports.body.mfa).toMatchObject({ factors: ['password'], aal: 1, challengedAt: 0 });
    expect(await guardOf(attacker, '/vault')).toBe(401);
    expect((await attacker.delete(TOTP)).status).toBe(401);
    expect((await attacker.post(TOTP, { name: 'mine' })).status).toBe(401);

    expected(await owner.delete(TOTP), 204);
    expect((await answer(attacker, id, appCode(site, secret))).status).toBe(401);
    expect(await guardOf(attacker, '/vault')).toBe(401);

    // Set up anew, the owner's session is complete and the other one pending, with nothing kept.
    const again = await enrollTotp(site, owner);
    await switchOn(owner);
    expect(await guardOf(owner)).toBe(200);
    expect(await guardOf(attacker)).toBe(401);
    expect((await attacker.post(TOTP, { name: 'mine' })).status).toBe(401);
    await proveTotp(site, attacker, again);
    expect(await guardOf(attacker)).toBe(200);
  });

  it.each([
    ['with a mailbox that nobody vouches for', false],
    ['with a mailbox that the host vouches for', true],
  ])(
    'does not let a thief of the password switch it on ahead of the owner and stay, %s [VER-11]',
    async (_what, emailVerified) => {
      const site = await processes.site();
      const user = site.addUser({ emailVerified });
      const owner = await signedIn(site, user);
      await enrollTotp(site, owner);
      const thief = await signedIn(site, user);
      expect(await guardOf(thief)).toBe(200);
      expected(await thief.patch('/v1/account/mfa', { mfa: true }), 200);
      expect(await guardOf(thief)).toBe(401);
      expect(await guardOf(owner)).toBe(200);
    },
  );
});
