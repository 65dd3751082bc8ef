import { describeWithRedis } from '../support/redis-harness.ts';
import { challenge, expected, guardOf, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import { together } from './visitor.ts';

/** Far more than digests and HTTP cost, far less than one slow hash per attempt. */
const MS_PER_ATTEMPT = 15;

describeWithRedis('[A72] a hundred recovery codes tried at once', () => {
  const processes = twoProcesses();

  it('cost little, five are evaluated, and either process answers while they are under way [REC-6] [REC-7]', async () => {
    const site = await processes.site();
    const { owner, attempts } = await prepared(site, 100);
    // The users' table answers one of two attempts when the owner has been answered.
    let lookups = 0;
    site.instead = {
      async findById({ users, slow }, id: string) {
        lookups += 1;
        if (lookups % 2 === 0) await slow.hold();
        return users.get(id);
      },
    };
    const before = await site.cpuMs();
    const burst = together(site, attempts);
    await site.slow.holds(50);
    const meanwhile = [await guardOf(owner), await guardOf(owner)];
    site.slow.release();
    const answers = await burst;
    const spent = (await site.cpuMs()) - before;
    expect(meanwhile).toEqual([200, 200]);
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(401));
    expect(await site.count('challenge_refused', 'wrong')).toBe(5);
    expect(spent / answers.length).toBeLessThan(MS_PER_ATTEMPT);
  });

  it('cost little each when all are evaluated, one after the other [REC-6]', async () => {
    const site = await processes.site();
    const perAttempt: number[] = [];
    // What a process does beside them is in one series or another, and a slow hash would be in all.
    for (let series = 0; series < 3; series += 1) {
      const { attempts } = await prepared(site, 5);
      const before = await site.cpuMs();
      for (const attempt of attempts) expected(await site.visitor().send(attempt), 401);
      perAttempt.push(((await site.cpuMs()) - before) / attempts.length);
    }
    expect(await site.count('challenge_refused', 'wrong')).toBe(15);
    expect(Math.min(...perAttempt)).toBeLessThan(MS_PER_ATTEMPT);
  });
});

async function prepared(site: Site, count: number) {
  const { user, owner } = await userWithTotp(site);
  expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
  const visitor = await signedIn(site, user);
  const challengeId = await challenge(visitor, 'recoveryCode');
  const attempts = Array.from({ length: count }, (_, i) => {
    const otp = `AAAA-BBBB-CCCC-D${String(i).padStart(3, '0')}`;
    return visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId, otp });
  });
  return { owner, attempts };
}
