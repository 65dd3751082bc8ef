import { describeWithRedis } from '../support/redis-harness.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import {
  answer,
  challenge,
  guardOf,
  pendingByMail,
  signedIn,
  userWithMail,
  userWithTotp,
  wrongAppCode,
  wrongCodes,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

describeWithRedis('[A47] guesses from addresses that a client makes up, or changes', () => {
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

  /** A wrong guess at an account that nobody has guessed at: no lock has a part in this. */
  async function guess(site: Site, address: string, madeUp: string): Promise<number> {
    const { user } = await userWithMail(site);
    const visitor = await signedIn(site, user);
    const challengeId = await challenge(visitor, 'email');
    visitor.address = address;
    const sent = site.outbox.find(({ to }) => to === user.email)?.text ?? '';
    const otp = wrongCodes(1, ...(sent.match(/\b\d{6,10}\b/g) ?? []))[0];
    const body = { challengeId, otp };
    const headers = { 'x-forwarded-for': madeUp };
    return (await visitor.put('/v1/account/mfa/challenges', body, headers)).status;
  }

  it.each<readonly [string, (n: number) => string, elsewhere: string]>([
    ['a walk of an IPv6 /64', (n) => `2001:db8:1:2:${n.toString(16)}::${n}`, '2001:db8:1:3::1'],
    ['an IPv4 address as IPv6', (n) => MAPPED[n % MAPPED.length] ?? '', '203.0.113.8'],
    ['made up ones before its own', () => '203.0.113.7', '203.0.113.8'],
  ])(
    'are 30 over as many accounts behind a proxy: %s [THR-9] [THR-10]',
    async (_how, addressOf, elsewhere) => {
      const failures = [{ limit: 30, windowMs: 600_000 }];
      const site = await processes.site({
        proxies: 1,
        options: { limits: { ...UNLIMITED, failures } },
      });
      const victim = await pendingByMail(site);
      const guesses = Array.from({ length: 30 }, (_, n) =>
        guess(site, addressOf(n), `198.51.100.${n}`),
      );
      expect(await Promise.all(guesses)).toEqual(Array(30).fill(401));
      victim.visitor.address = addressOf(30);
      const barred = await answer(victim.visitor, victim.id, victim.code);
      expect([barred.status, barred.headers['retry-after']]).toEqual([429, '600']);
      expect(await guardOf(victim.visitor)).toBe(401);
      // The same code, not judged till now.
      victim.visitor.address = elsewhere;
      expect((await answer(victim.visitor, victim.id, victim.code)).status).toBe(200);
    },
  );
});

/** One address, written in each way that Node or a proxy may write it. */
const MAPPED = ['203.0.113.7', '::ffff:203.0.113.7', '::ffff:cb00:7107', '::FFFF:203.0.113.7'];
