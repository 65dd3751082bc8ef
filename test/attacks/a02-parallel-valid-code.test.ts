import { describeWithRedis } from '../support/redis-harness.ts';
import {
  appCode,
  challenge,
  guardOf,
  pendingByMail,
  signedIn,
  userWithMail,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import { looksOf, together, Visitor } from './visitor.ts';

describeWithRedis('[A02] the same right code fifty times at once', () => {
  const processes = twoProcesses();

  async function race(site: Site, visitor: Visitor, challengeId: string, otp: string) {
    const ask = visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId, otp });
    const answers = await together(
      site,
      Array.from({ length: 50 }, () => ask),
    );
    const won = answers.filter(({ status }) => status === 200);
    const lost = answers.filter(({ status }) => status !== 200);
    expect(won).toHaveLength(1);
    expect(lost.map(({ status }) => status)).toEqual(Array(49).fill(401));
    // A loser whose session had moved on already is a guest; all others look alike.
    expect(new Set(lost.map((one) => JSON.stringify(looksOf(one)))).size).toBeLessThanOrEqual(2);
    const cookies = answers.flatMap(({ cookie }) => cookie ?? []);
    expect(cookies).toHaveLength(1);
    expect(await guardOf(new Visitor(site, cookies[0]))).toBe(200);
    expect(await guardOf(visitor)).toBe(401);
    expect(await site.count('challenge_completed', 'prove')).toBe(1);
  }

  it('succeeds once and elevates one session, by e-mail [VER-1] [REP-1]', async () => {
    const site = await processes.site();
    const { user } = await userWithMail(site);
    for (let round = 0; round < 3; round++) {
      site.events.length = 0;
      await site.forward(600_000);
      const { visitor, id, code } = await pendingByMail(site, user);
      await race(site, visitor, id, code);
    }
  });

  it('succeeds once and elevates one session, by an app [VER-1] [REP-2]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    for (let round = 0; round < 3; round++) {
      site.events.length = 0;
      await site.forward(600_000);
      const visitor = await signedIn(site, user);
      await race(site, visitor, await challenge(visitor, 'totp'), appCode(site, secret));
    }
  });

  it('succeeds in one of twenty sessions when the code is an app’s [REP-2] [REP-4]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitors = await Promise.all(Array.from({ length: 20 }, () => signedIn(site, user)));
    const otp = appCode(site, secret);
    const asks = await Promise.all(
      visitors.map(async (visitor) => {
        const challengeId = await challenge(visitor, 'totp');
        return visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId, otp });
      }),
    );
    const answers = await together(site, asks);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const cookies = answers.map(({ cookie }, i) => cookie ?? visitors[i]?.cookie);
    const open = await Promise.all(cookies.map((cookie) => guardOf(new Visitor(site, cookie))));
    expect(open.filter((status) => status === 200)).toHaveLength(1);
  });
});
