import { describeWithRedis } from '../support/redis-harness.ts';
import { expected, guardOf, sentCodes, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A15] a parameter that asks for a weaker factor', () => {
  const processes = twoProcesses();

  it('never lets a mailbox confirm the sign-in that it opened, however it is asked for [STP-5] [VER-12]', async () => {
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
  });

  it('takes none but the factors that the user holds [STP-5] [VER-11]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site);
    const visitor = site.visitor();
    expected(await visitor.post(`/login/password/${user.id}`), 200);
    const path = '/v1/account/mfa/challenges';
    for (const factor of ['email', 'phone', 'recoveryCode', 'password', 'none', '', 'toString']) {
      const { status } = await visitor.post(path, { factor });
      expect([factor, status]).toEqual([factor, factor === 'recoveryCode' ? 404 : 400]);
    }
    for (const query of ['?factor=email', '?method=recovery', '?skip=1']) {
      const { status } = await visitor.post(`${path}${query}`, {});
      expect(status).toBe(400);
    }
    expect(await guardOf(visitor)).toBe(401);
  });
});
