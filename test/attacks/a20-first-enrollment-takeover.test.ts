import { describeWithRedis } from '../support/redis-harness.ts';
import { appCode, beginTotp, expected, guardOf, signedIn } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { together } from './visitor.ts';

const TOTP = '/v1/account/mfa/authenticators/totp';

describeWithRedis('[A20] a thief of the password who enrolls while the owner does', () => {
  const processes = twoProcesses();

  it('leaves one winner; the loser must prove the winner’s factor before anything is added [ENR-4] [ENR-2]', async () => {
    const site = await processes.site();
    for (let round = 0; round < 20; round++) {
      const user = site.addUser();
      const pair = [await signedIn(site, user), await signedIn(site, user)] as const;
      const asks = [];
      for (const [i, one] of pair.entries()) {
        const otp = appCode(site, await beginTotp(one, `phone ${i}`));
        asks.push(one.ask('PUT', TOTP, { otp }));
      }
      const answers = await together(site, asks);
      const winner = answers.findIndex(({ status }) => status === 200);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const lost = answers[1 - winner];
      expect([lost?.status, lost?.body.type]).toEqual([401, 'user_challenge_required']);

      const [won, loser] = winner === 0 ? pair : [pair[1], pair[0]];
      won.cookie = answers[winner]?.cookie ?? '';
      expect((await loser.post(TOTP, { name: 'again' })).status).toBe(401);
      expect((await loser.post('/v1/account/mfa/recovery-codes')).status).toBe(401);
      expect((await loser.delete(TOTP)).status).toBe(401);
      const listed = expected(await won.get('/v1/account/mfa/authenticators'), 200);
      expect(listed.body.total).toBe(1);
      expected(await won.patch('/v1/account/mfa', { mfa: true }), 200);
      expect([await guardOf(won), await guardOf(loser)]).toEqual([200, 401]);
    }
  });
});
