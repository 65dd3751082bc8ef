import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  enrollTotp,
  expected,
  guardOf,
  sentCode,
  signedIn,
  userWithTotp,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

const HOUR = 3_600_000;
const YEAR = 366 * 24 * HOUR;

describeWithRedis('[A46] one guess an hour for more than a year', () => {
  const processes = twoProcesses();

  it('ends at fifty guesses in all: the app is suspended until it is bound anew [THR-1] [THR-2]', async () => {
    const site = await processes.site();
    const { user, secret, owner: first } = await userWithTotp(site, { emailVerified: true });
    const made = expected(await first.post('/v1/account/mfa/recovery-codes'), 201);
    const [saved] = made.body.recoveryCodes as readonly string[];
    const end = site.now + YEAR;
    let evaluated = 0;
    while (site.now < end) {
      const attacker = await signedIn(site, user);
      const opened = await attacker.post('/v1/account/mfa/challenges', { factor: 'totp' });
      if (opened.status === 201) {
        const { status } = await answer(
          attacker,
          String(opened.body.$id),
          wrongAppCode(site, secret),
        );
        expect(status).toBe(401);
        evaluated += 1;
      } else if (opened.status === 404) {
        break;
      }
      // The next guess, or, while it is locked, the first hour at which it is not.
      const wait = Number(opened.headers['retry-after'] ?? 0) * 1000;
      await site.forward(Math.max(HOUR, Math.ceil(wait / HOUR) * HOUR));
      expect(evaluated).toBeLessThanOrEqual(50);
    }
    expect(evaluated).toBe(50);
    expect(await site.count('authenticator_suspended')).toBe(1);

    await site.forward(end - site.now);
    const owner = await signedIn(site, user);
    // Losing the app is no way around it: the session still lacks a factor, and another one is open.
    expect(await guardOf(owner)).toBe(401);
    const closed = await owner.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect(closed.status).toBe(404);
    const id = await challenge(owner, 'email');
    expected(await answer(owner, id, sentCode(site)), 200);
    // Nor does who had it suspended, and reads the mail, bind another in its place [ENR-2].
    const tried = await owner.post('/v1/account/mfa/authenticators/totp', { name: 'anew' });
    expect(tried.status).toBe(401);
    expected(await answer(owner, await challenge(owner, 'recoveryCode'), saved), 200);
    const again = await enrollTotp(site, owner, 'anew');
    const next = await signedIn(site, user);
    const last = await challenge(next, 'totp');
    expect((await answer(next, last, appCode(site, again))).status).toBe(200);
  });
});
