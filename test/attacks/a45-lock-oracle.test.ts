import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  guardOf,
  signedIn,
  userWithTotp,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf } from './visitor.ts';

describeWithRedis('[A45] guesses at a factor that is locked', () => {
  const processes = twoProcesses();

  it('learn nothing, right or wrong, and prolong nothing [THR-8] [VER-9]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const owner = await signedIn(site, user);
    const own = await challenge(owner, 'totp');
    const attacker = await signedIn(site, user);
    const id = await challenge(attacker, 'totp');
    const wrong = wrongAppCode(site, secret);
    for (let i = 0; i < 5; i++) expect((await answer(attacker, id, wrong)).status).toBe(401);

    for (let elapsed = 0; elapsed < 30; elapsed += 10) {
      const right = await answer(owner, own, appCode(site, secret));
      const bad = await answer(owner, own, wrongAppCode(site, secret));
      expect(right.status).toBe(429);
      expect(right.headers['retry-after']).toBe(String(30 - elapsed));
      expect(looksOf(right)).toEqual(looksOf(bad));
      const opened = await owner.post('/v1/account/mfa/challenges', { factor: 'totp' });
      expect([opened.status, opened.headers['retry-after']]).toEqual([429, String(30 - elapsed)]);
      await site.forward(10_000);
    }
    expect(await guardOf(owner)).toBe(401);
    expect(await site.count('challenge_refused', 'wrong')).toBe(5);
    // The code that was right all along was not used up by showing it too soon.
    expect((await answer(owner, own, appCode(site, secret))).status).toBe(200);
  });
});
