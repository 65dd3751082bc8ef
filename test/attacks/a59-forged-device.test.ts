import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  guardOf,
  signedIn,
  userWithTotp,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A59] the cookie of a known device, forged or stolen', () => {
  const processes = twoProcesses();

  it('is worth nothing when it is another user’s, cut, unsigned, or older than a recovery', async () => {
    const site = await processes.site();
    const { user, secret, owner } = await userWithTotp(site, { emailVerified: true });
    const made = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
    const [code] = made.body.recoveryCodes as readonly string[];
    const old = await deviceOf(user, secret);
    // Whoever recovers makes strangers of all the others.
    const recovering = await signedIn(site, user);
    const recovery = await challenge(recovering, 'recoveryCode');
    expected(await answer(recovering, recovery, code), 200);
    const device = await deviceOf(user, secret);
    const other = await userWithTotp(site);
    const foreign = await deviceOf(other.user, other.secret);
    for (let i = 0; i < 5; i++) {
      const attacker = await signedIn(site, user);
      await answer(attacker, await challenge(attacker, 'totp'), wrongAppCode(site, secret));
    }
    const forged = [
      foreign,
      device.slice(0, -1),
      device.replace(/^v1/, 'v0'),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(user.id).toString('base64url')}.`,
      'known',
      old,
    ];
    for (const one of forged) {
      const visitor = await signedIn(site, user);
      visitor.device = one;
      const opened = await visitor.post('/v1/account/mfa/challenges', { factor: 'totp' });
      expect(opened.status).toBe(429);
    }
    // Stolen, it skips nothing: it only has a count of its own.
    const thief = await signedIn(site, user);
    thief.device = device;
    expect(await guardOf(thief)).toBe(401);
    const id = await challenge(thief, 'totp');
    expect((await answer(thief, id, wrongAppCode(site, secret))).status).toBe(401);

    async function deviceOf(whose: typeof user, seed: string): Promise<string> {
      const visitor = await signedIn(site, whose);
      const opened = await challenge(visitor, 'totp');
      const proved = expected(await answer(visitor, opened, appCode(site, seed)), 200);
      await site.forward(30_000);
      return proved.device ?? '';
    }
  });
});
