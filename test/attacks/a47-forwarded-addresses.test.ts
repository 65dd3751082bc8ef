import { describeWithRedis } from '../support/redis-harness.ts';
import { challenge, signedIn, userWithTotp, wrongAppCode } from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A47] guesses from addresses that a client makes up', () => {
  const processes = twoProcesses();

  it('fill one budget, and are told with the address that they came from [THR-2] [THR-9]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    site.events.length = 0;
    const addresses = ['10.0.0.1', '203.0.113.7', '2001:db8::1', '2001:db8::2', '::ffff:10.0.0.1'];
    for (const address of addresses) {
      const attacker = await signedIn(site, user);
      const challengeId = await challenge(attacker, 'totp');
      const body = { challengeId, otp: wrongAppCode(site, secret) };
      const headers = {
        'x-forwarded-for': address,
        'x-real-ip': address,
        forwarded: `for="${address}"`,
        'cf-connecting-ip': address,
      };
      expect((await attacker.put('/v1/account/mfa/challenges', body, headers)).status).toBe(401);
    }
    const next = await signedIn(site, user);
    const opening = next.ask(
      'POST',
      '/v1/account/mfa/challenges',
      { factor: 'totp' },
      {
        'x-forwarded-for': '198.51.100.9',
      },
    );
    expect((await next.send(opening)).status).toBe(429);
    const refused = (await site.seen()).filter(({ type }) => type === 'challenge_refused');
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const { ip } of refused) expect(ip).toMatch(/^(::ffff:)?127\.0\.0\.1$/);
  });
});
