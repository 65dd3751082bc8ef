import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, guardOf, pendingByMail, wrongCodes } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf } from './visitor.ts';

describeWithRedis('[A08] the challenge of one user in the session of another', () => {
  const processes = twoProcesses();

  it('is refused as an unknown one is, though the code is right [VER-4] [VER-9]', async () => {
    const site = await processes.site();
    const attacker = await pendingByMail(site);
    const victim = await pendingByMail(site);
    const [wrong = ''] = wrongCodes(1, attacker.code);
    // Either process has had to do with it, and either is asked below.
    for (let i = 0; i < 2; i++) await answer(attacker.visitor, attacker.id, wrong);
    for (let i = 0; i < 2; i++) {
      const early = await answer(victim.visitor, attacker.id, attacker.code);
      const none = await answer(victim.visitor, 'x'.repeat(43), attacker.code);
      expect(looksOf(early)).toEqual(looksOf(none));
      await victim.visitor.get('/note');
    }
    const foreign = await answer(victim.visitor, attacker.id, attacker.code);
    const unknown = await answer(victim.visitor, 'x'.repeat(43), attacker.code);
    expect(foreign.status).toBe(401);
    expect(looksOf(foreign)).toEqual(looksOf(unknown));
    expect(foreign.cookie).toBeUndefined();
    expect(await guardOf(victim.visitor)).toBe(401);
    expect((await answer(attacker.visitor, attacker.id, attacker.code)).status).toBe(200);
    expect((await answer(victim.visitor, victim.id, victim.code)).status).toBe(200);
  });

  it('is not helped by a body that names the user [VER-5]', async () => {
    const site = await processes.site();
    const attacker = await pendingByMail(site);
    const victim = await pendingByMail(site);
    const { id: challengeId, code: otp } = attacker;
    for (const more of [{ userId: attacker.user.id }, { user: { id: attacker.user.id } }]) {
      const body = { challengeId, otp, ...more };
      expect((await victim.visitor.put('/v1/account/mfa/challenges', body)).status).toBe(401);
    }
    const body = { challengeId, otp, userId: victim.user.id };
    const own = await attacker.visitor.put('/v1/account/mfa/challenges', body);
    expect([own.status, own.body.userId]).toEqual([200, attacker.user.id]);
    expect(await guardOf(victim.visitor)).toBe(401);
  });
});
