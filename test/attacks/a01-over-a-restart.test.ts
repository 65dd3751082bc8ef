import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, appCode, challenge, signedIn, userWithTotp, wrongAppCode } from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A01] guesses spread over a restart of all processes', () => {
  const processes = twoProcesses({});

  it('are counted on, by factor and by challenge, and a lock that they led to holds [THR-12] [THR-2] [THR-4]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'totp');
    const wrong = wrongAppCode(site, secret);
    for (let n = 0; n < 3; n++) expect((await answer(visitor, id, wrong)).status).toBe(401);
    await processes.restart();
    for (let n = 0; n < 2; n++) expect((await answer(visitor, id, wrong)).status).toBe(401);
    expect(await site.count('challenge_refused', 'wrong')).toBe(5);
    expect(await site.count('factor_locked')).toBe(1);

    await site.deploy();
    const locked = await visitor.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect([locked.status, locked.headers['retry-after']]).toEqual([429, '30']);
    await site.forward(30_000);
    expect((await answer(visitor, id, appCode(site, secret))).status).toBe(401);
    const next = await challenge(visitor, 'totp');
    expect((await answer(visitor, next, appCode(site, secret))).status).toBe(200);
  });
});
