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
  switchOn,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

const MAIL = '/v1/account/mfa/authenticators/email';

describeWithRedis('[A68] an account that the attacker registered with the victim’s address', () => {
  const processes = twoProcesses();

  it.each([false, true])(
    'is the victim’s alone once the address is proved and the host forgets what was bound (split store: %p) [ENR-12]',
    async (split) => {
      const site = await processes.site({ split });
      const user = site.addUser({ email: 'victim@example.com' });
      const attacker = await signedIn(site, user);
      const seed = await enrollTotp(site, attacker);
      expected(await attacker.post(MAIL, { email: 'eve@evil.example' }), 200);
      expected(await attacker.put(MAIL, { otp: sentCode(site) }), 200);
      const made = expected(await attacker.post('/v1/account/mfa/recovery-codes'), 201);
      const [recovery = ''] = made.body.recoveryCodes as string[];
      await switchOn(attacker);
      const half = await signedIn(site, user);
      const open = await challenge(half, 'totp');
      const begun = attacker.copy();
      expected(await begun.post('/v1/account/mfa/authenticators/totp', { name: 'second' }), 200);

      // The victim proves the address by a link of the host, and sets a password.
      const owned = { ...user, emailVerified: true, password: 'the victim knows it' };
      site.users.set(user.id, owned);
      await site.forget(user.id);

      for (const session of [attacker, begun, half]) {
        expect(await guardOf(session)).toBe(401);
        expect(await guardOf(session)).toBe(401);
        expected(await session.get('/v1/account'), 401);
      }
      expected(await answer(half, open, appCode(site, seed)), 401);
      expected(await begun.put('/v1/account/mfa/authenticators/totp', { otp: '123456' }), 401);

      const victim = await signedIn(site, owned);
      expect(await guardOf(victim)).toBe(200);
      const { body } = await victim.get('/v1/account/mfa/authenticators');
      expect(JSON.stringify(body)).not.toContain('evil.example');
      await switchOn(victim);
      // Not even with the password do the attacker's factors open anything.
      const thief = await signedIn(site, owned);
      for (const factor of ['totp', 'recoveryCode']) {
        expect((await thief.post('/v1/account/mfa/challenges', { factor })).status).toBe(404);
      }
      const id = await challenge(thief, 'email');
      expect(site.outbox.at(-1)?.to).toBe('victim@example.com');
      expected(await answer(thief, id, appCode(site, seed)), 401);
      expected(await answer(thief, id, recovery), 400);
      expect(await guardOf(thief)).toBe(401);
    },
  );
});
