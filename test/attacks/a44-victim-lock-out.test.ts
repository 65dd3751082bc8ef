import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  guardOf,
  sentCode,
  signedIn,
  userWithTotp,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Visitor } from './visitor.ts';

const DAY = 24 * 3_600_000;
/** Networks that a proxy tells of. */
const OWNER = '203.0.113.7';
const ATTACKER = '198.51.100.7';
/** `session.limit` as it is when a host sets none. */
const MOST_SESSIONS = 100;

describeWithRedis('[A44] failing every day to keep the owner out', () => {
  const processes = twoProcesses();

  it('keeps out neither a known device, nor another factor, nor recovery, nor who is in [THR-7]', async () => {
    const site = await processes.site();
    const { user, secret, owner } = await userWithTotp(site, { emailVerified: true });
    const made = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
    const [saved] = made.body.recoveryCodes as readonly string[];
    const first = await signedIn(site, user);
    const id = await challenge(first, 'totp');
    const { device = '' } = expected(await answer(first, id, appCode(site, secret)), 200);

    for (let day = 0; day < 60; day++) {
      const attacker = await signedIn(site, user);
      for (let i = 0; i < 5; i++) {
        const { body } = await attacker.post('/v1/account/mfa/challenges', { factor: 'totp' });
        if (typeof body.$id === 'string')
          await answer(attacker, body.$id, wrongAppCode(site, secret));
      }
      if (day === 0) expect(await guardOf(first)).toBe(200);
      await site.forward(DAY);
    }
    const stranger = await signedIn(site, user);
    const closed = await stranger.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect(closed.status).toBe(404);

    const recovering = await signedIn(site, user);
    const open = await challenge(recovering, 'recoveryCode');
    // Who fails at recovery codes as well keeps their owner from them no more than from anything else.
    for (let i = 0; i < 6; i++) {
      const id = await challenge(stranger, 'recoveryCode');
      expect((await answer(stranger, id, 'AAAA-AAAA-AAAA-AAAA')).status).toBe(401);
    }
    expect((await answer(recovering, open, saved)).status).toBe(200);
    const other = await signedIn(site, user);
    const byMail = await challenge(other, 'email');
    expect((await answer(other, byMail, sentCode(site))).status).toBe(200);

    // The recovery ended what was known before: the device that it made known is the owner's now.
    const known = await signedIn(site, user);
    known.device = device;
    const forgotten = await known.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect(forgotten.status).toBe(404);
  });

  it('leaves a known device its app, which it brings back for all [THR-7]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const first = await signedIn(site, user);
    const id = await challenge(first, 'totp');
    const { device = '' } = expected(await answer(first, id, appCode(site, secret)), 200);
    await site.forward(30_000);
    const locking = await signedIn(site, user);
    const locked = await challenge(locking, 'totp');
    for (let i = 0; i < 5; i++) await answer(locking, locked, wrongAppCode(site, secret));
    const kept = await locking.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect(kept.status).toBe(429);
    const owner = await signedIn(site, user);
    owner.device = device;
    const own = await challenge(owner, 'totp');
    expect((await answer(owner, own, appCode(site, secret))).status).toBe(200);
    for (let day = 0; day < 55; day++) {
      const attacker = await signedIn(site, user);
      const { body } = await attacker.post('/v1/account/mfa/challenges', { factor: 'totp' });
      if (typeof body.$id === 'string')
        await answer(attacker, body.$id, wrongAppCode(site, secret));
      await site.forward(DAY);
    }
    const known = await signedIn(site, user);
    known.device = device;
    const open = await challenge(known, 'totp');
    expect((await answer(known, open, appCode(site, secret))).status).toBe(200);
    await site.forward(30_000);
    const anywhere = await signedIn(site, user);
    const next = await challenge(anywhere, 'totp');
    expect((await answer(anywhere, next, appCode(site, secret))).status).toBe(200);
  });

  it('by signing in again and again pushes out nobody who is known, in, or elsewhere [THR-7]', async () => {
    const site = await processes.site({ proxies: 1 });
    const { user, secret, owner: first } = await userWithTotp(site, { emailVerified: true });
    const visitor = (address: string, device = '') =>
      Object.assign(site.visitor(), { address, device });
    const begin = async (from: Visitor): Promise<Visitor> => {
      const { email, password } = user;
      expected(await from.post('/v1/account/sessions/email', { email, password }), 201);
      return from;
    };
    const id = await challenge(first, 'totp');
    const { device = '' } = expected(await answer(first, id, appCode(site, secret)), 200);
    await site.forward(30_000);
    const known = await begin(visitor(ATTACKER, device));
    const byApp = await challenge(known, 'totp');
    const elsewhere = await begin(visitor(OWNER));
    const byMail = await challenge(elsewhere, 'email');

    for (let n = 0; n < MOST_SESSIONS + 10; n++) {
      await site.forward(1);
      await begin(visitor(ATTACKER));
    }
    expect(await guardOf(first)).toBe(200);
    expect((await answer(known, byApp, appCode(site, secret))).status).toBe(200);
    expect((await answer(elsewhere, byMail, sentCode(site))).status).toBe(200);
  });
});
