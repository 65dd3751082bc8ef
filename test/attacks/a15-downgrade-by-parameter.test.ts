import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  challenge,
  expected,
  guardOf,
  sentCode,
  sentCodes,
  signedIn,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

describeWithRedis('[A15] a parameter that asks for a weaker factor', () => {
  const processes = twoProcesses();

  /** What the host was told of factors that were asked for in vain: by whom, which and why. */
  const refusals = async (site: Site) =>
    (await site.seen())
      .filter(({ type }) => type === 'factor_refused')
      .map(({ userId, factor = '-', reason }) => `${userId} ${factor} ${reason}`);

  it('never lets a mailbox confirm the sign-in that it opened, however it is asked for, and the host is told [STP-5] [VER-12]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site, { emailVerified: true });
    const visitor = site.visitor();
    const login = expected(await visitor.post(`/login/email/${user.id}`), 200);
    expect(login.body.complete).toBe(false);
    const path = '/v1/account/mfa/challenges';
    const asks = [
      visitor.ask('POST', path, { factor: 'email' }),
      visitor.ask('POST', path, { factor: 'EMAIL' }),
      visitor.ask('POST', `${path}?factor=totp`, { factor: 'email', method: 'totp' }),
      visitor.ask('POST', '/v1/account/mfa/challenge', { factor: 'email' }),
      visitor.ask('POST', path, '{"factor":"totp","factor":"email"}'),
    ];
    for (const ask of asks) expect((await visitor.send(ask)).status).toBe(400);
    expect(sentCodes(site)).toEqual([]);
    expect(await guardOf(visitor)).toBe(401);
    const told = `${user.id} email same-as-first`;
    expect(await refusals(site)).toEqual(asks.map(() => told));
  });

  it('takes none but the factors that the user holds, and tells the host of the others [STP-5] [VER-11]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site);
    const visitor = site.visitor();
    expected(await visitor.post(`/login/password/${user.id}`), 200);
    const path = '/v1/account/mfa/challenges';
    for (const factor of ['email', 'phone', 'recoveryCode', 'password', 'none', '', 'toString']) {
      const { status } = await visitor.post(path, { factor });
      expect([factor, status]).toEqual([factor, factor === 'recoveryCode' ? 404 : 400]);
    }
    expect(await refusals(site)).toEqual([
      `${user.id} email not-verified`,
      `${user.id} phone no-destination`,
      `${user.id} recoveryCode no-authenticator`,
      ...Array.from({ length: 3 }, () => `${user.id} - unknown-factor`),
    ]);
    for (const query of ['?factor=email', '?method=recovery', '?skip=1']) {
      const { status } = await visitor.post(`${path}${query}`, {});
      expect(status).toBe(400);
    }
    expect(await guardOf(visitor)).toBe(401);
  });

  it('lets whoever reads the mail remove no app, bind no other and reach no level 2 [ENR-2] [STP-5]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site, { emailVerified: true });
    const reader = await signedIn(site, user);
    const id = await challenge(reader, 'email');
    expected(await answer(reader, id, sentCode(site)), 200);
    expect(await guardOf(reader)).toBe(200);
    const totp = '/v1/account/mfa/authenticators/totp';
    const tried = [
      await reader.post(totp, { name: 'mine' }),
      await reader.delete(totp),
      await reader.post('/v1/account/mfa/authenticators/phone', { phone: '+14155552671' }),
      await reader.post('/v1/account/mfa/recovery-codes'),
      await reader.patch('/v1/account/mfa', { mfa: false }),
    ];
    for (const { status, body } of tried) expect([status, body.factors]).toEqual([401, ['totp']]);
    const { body } = expected(await reader.get('/reports'), 200);
    expect(body.mfa).toMatchObject({ aal: 1 });
  });
});
