import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  challenge,
  expected,
  guardOf,
  sentCode,
  signedIn,
  userWithTotp,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

const FALLBACKS = ['email', 'phone', 'recoveryCode', 'webauthn', 'password', 'none'];

describeWithRedis('[A16] the strong factor begun, spoilt and given up', () => {
  const processes = twoProcesses();

  it('opens no other: only what its owner has bound can be asked for instead [VER-11]', async () => {
    const site = await processes.site();
    // An address and a number that nobody has proved are there to tempt.
    const { user, secret } = await userWithTotp(site, { phone: '+14155552671' });
    const thief = await signedIn(site, user);
    const id = await challenge(thief, 'totp');
    for (let i = 0; i < 5; i += 1) {
      expected(await answer(thief, id, wrongAppCode(site, secret)), 401);
    }
    expect((await thief.post('/v1/account/mfa/challenges', { factor: 'totp' })).status).toBe(429);
    for (const factor of FALLBACKS) {
      const asked = await thief.post('/v1/account/mfa/challenges', { factor });
      expect([factor, String(asked.status)]).toEqual([factor, expect.stringMatching(/^40[04]$/)]);
    }
    for (const factor of ['totp', 'email', 'phone']) {
      const path = `/v1/account/mfa/authenticators/${factor}`;
      expected(
        await thief.post(path, factor === 'email' ? { email: 'eve@evil.example' } : {}),
        401,
      );
    }
    expected(await thief.patch('/v1/account/mfa', { mfa: false }), 401);
    expected(await thief.get('/v1/account'), 401);
    expect(await guardOf(thief)).toBe(401);
    // The owner is told of it; no code is on its way.
    expect(site.outbox.filter(({ text }) => /\b\d{6}\b/.test(text))).toEqual([]);
  });

  it('leaves what is bound besides, for its own code and no less', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site, { emailVerified: true });
    const visitor = await signedIn(site, user);
    const given = await challenge(visitor, 'totp');
    expected(await answer(visitor, given, wrongAppCode(site, secret)), 401);
    const mail = await challenge(visitor, 'email');
    expected(await answer(visitor, given, sentCode(site)), 401);
    expect(await guardOf(visitor)).toBe(401);
    expected(await answer(visitor, mail, sentCode(site)), 200);
    expect(await guardOf(visitor)).toBe(200);
  });
});
