import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  guardOf,
  proveTotp,
  signedIn,
  userWithTotp,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { together, Visitor } from './visitor.ts';

const TOTP = '/v1/account/mfa/authenticators/totp';

describeWithRedis('[A69] an open challenge whose factor is removed', () => {
  const processes = twoProcesses();

  it('is refused with the right code, at once and in both processes [ENR-9] [ENR-13]', async () => {
    const site = await processes.site();
    const { user, secret, owner } = await userWithTotp(site, { emailVerified: true });
    await proveTotp(site, owner, secret);
    const attacker = await signedIn(site, user);
    const id = await challenge(attacker, 'totp');
    for (let i = 0; i < 2; i++) await answer(attacker, id, wrongAppCode(site, secret));
    expected(await owner.delete(TOTP), 204);
    for (let i = 0; i < 2; i++) {
      expect((await answer(attacker, id, appCode(site, secret))).status).toBe(401);
    }
    expect(await guardOf(attacker)).toBe(401);
    const opened = await attacker.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect(opened.status).toBe(404);
    // What the removed app had proved counts no more, for its owner either.
    expect(await guardOf(owner, '/vault')).toBe(401);
  });

  it('is refused, or came first and counts no more, when both happen at once [ENR-9]', async () => {
    const site = await processes.site();
    for (let round = 0; round < 20; round++) {
      const { user, secret, owner } = await userWithTotp(site, { emailVerified: true });
      await proveTotp(site, owner, secret);
      const visitor = await signedIn(site, user);
      const challengeId = await challenge(visitor, 'totp');
      const put = { challengeId, otp: appCode(site, secret) };
      const [answered, removed] = await together(site, [
        visitor.ask('PUT', '/v1/account/mfa/challenges', put),
        owner.ask('DELETE', TOTP),
      ]);
      expect(removed?.status).toBe(204);
      expect([200, 401]).toContain(answered?.status);
      const elevated = new Visitor(site, answered?.cookie ?? visitor.cookie);
      expect(await guardOf(elevated)).toBe(401);
    }
  });
});
