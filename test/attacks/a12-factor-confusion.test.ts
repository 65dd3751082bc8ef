import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  appCodes,
  challenge,
  guardOf,
  sentCode,
  signedIn,
  userWithTotp,
  withDifferentCodes,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

const CONTACTS = { emailVerified: true, phone: '+14155552671', phoneVerified: true };

describeWithRedis('[A12] the code of one factor for the challenge of another', () => {
  const processes = twoProcesses();

  async function openAll() {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site, CONTACTS);
    const visitor = await signedIn(site, user);
    const sms = await challenge(visitor, 'phone');
    const texted = sentCode(site);
    const app = await challenge(visitor, 'totp');
    const mail = await challenge(visitor, 'email');
    return { site, secret, visitor, sms, texted, app, mail, mailed: sentCode(site) };
  }

  it('is refused, whichever is newer and whatever factor the body names [VER-4] [VER-5]', async () => {
    const { site, secret, visitor, sms, texted, app, mail, mailed } = await withDifferentCodes(
      openAll,
      (drawn) => [drawn.texted, drawn.mailed, ...appCodes(drawn.site, drawn.secret, -1, 1)],
    );
    const shown = appCode(site, secret);
    const confused = [
      [sms, mailed],
      [sms, shown],
      [mail, texted],
      [mail, shown],
      [app, texted],
      [app, mailed],
    ] as const;
    for (const [challengeId, otp] of confused) {
      for (const factor of ['phone', 'totp']) {
        const body = { challengeId, otp, factor, type: factor };
        expect((await visitor.put('/v1/account/mfa/challenges', body)).status).toBe(401);
      }
    }
    expect(await guardOf(visitor)).toBe(401);
    await site.forward(30_000);
    expect((await answer(visitor, sms, texted)).status).toBe(200);
  });
});
