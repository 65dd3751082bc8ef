import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, appCode, challenge, expected, guardOf, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A25] a session id that an attacker planted', () => {
  const processes = twoProcesses();

  it('is nobody’s at each stage of the victim’s sign-in [SES-1]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const attacker = site.visitor();
    expected(await attacker.get('/note'), 200);
    const victim = attacker.copy();
    const { email, password } = user;
    expected(await victim.post('/v1/account/sessions/email', { email, password }), 201);
    const between = victim.copy();
    expect(await anonymous(attacker.cookie)).toEqual([401, 401, 401]);

    const id = await challenge(victim, 'totp');
    expected(await answer(victim, id, appCode(site, secret)), 200);
    expect(await guardOf(victim)).toBe(200);
    expect(await anonymous(attacker.cookie)).toEqual([401, 401, 401]);
    expect(await anonymous(between.cookie)).toEqual([401, 401, 401]);
    expect(new Set([attacker.cookie, between.cookie, victim.cookie]).size).toBe(3);

    async function anonymous(cookie: string): Promise<readonly number[]> {
      const thief = site.visitor();
      thief.cookie = cookie;
      return [
        await guardOf(thief),
        await guardOf(thief, '/v1/account'),
        await guardOf(thief, '/v1/account/mfa/factors'),
      ];
    }
  });

  it('is given to nobody by the host’s own login either [SES-1]', async () => {
    const site = await processes.site();
    const user = site.addUser();
    const attacker = site.visitor();
    expected(await attacker.get('/note'), 200);
    const victim = attacker.copy();
    expected(await victim.post(`/login/password/${user.id}`), 200);
    expect([await guardOf(victim), await guardOf(attacker)]).toEqual([200, 401]);
  });
});
