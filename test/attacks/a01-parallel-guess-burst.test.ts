import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  pendingByMail,
  signedIn,
  userWithTotp,
  wrongCodes,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf, together } from './visitor.ts';

const NO_LOCKS = [{ count: 1_000_000, waitMs: 1 }];

describeWithRedis('[A01] a burst of parallel guesses', () => {
  const processes = twoProcesses();

  it('evaluates no more than the challenge has tries, and kills it [VER-1] [THR-4]', async () => {
    const site = await processes.site({ options: { locks: NO_LOCKS } });
    for (let round = 0; round < 2; round++) {
      site.events.length = 0;
      const { visitor, id, code } = await pendingByMail(site);
      const guesses = wrongCodes(200, code).map((otp) =>
        visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId: id, otp }),
      );
      const answers = await together(site, guesses);
      expect(await site.count('challenge_refused', 'wrong')).toBe(5);
      // Whoever guesses cannot tell what was looked at from what was not.
      expect(new Set(answers.map((one) => JSON.stringify(looksOf(one)))).size).toBe(1);
      expect(answers[0]?.status).toBe(401);
      expect((await answer(visitor, id, code)).status).toBe(401);
    }
  });

  it('counts each evaluation once, over all challenges, and locks the factor [VER-1] [THR-2]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitors = await Promise.all(Array.from({ length: 20 }, () => signedIn(site, user)));
    const right = [-60, -30, 0, 30, 60].map((s) => appCode(site, secret, s * 1000));
    const guesses = await Promise.all(
      visitors.map(async (visitor) => {
        const challengeId = await challenge(visitor, 'totp');
        return wrongCodes(10, ...right).map((otp) =>
          visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId, otp }),
        );
      }),
    );
    await together(site, guesses.flat());
    expect(await site.count('challenge_refused', 'wrong')).toBe(5);
    expect(await site.count('factor_locked')).toBe(1);
    const [visitor = site.visitor()] = visitors;
    const locked = await visitor.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect([locked.status, locked.headers['retry-after']]).toEqual([429, '30']);
  });
});
