import { describeWithRedis } from '../support/redis-harness.ts';
import { challenge, enrollTotp, expected, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import { together, Visitor } from './visitor.ts';
import type { Answer } from './visitor.ts';

const NO_LOCKS = [{ count: 1_000_000, waitMs: 1 }];

describeWithRedis('[A03] recovery codes at once', () => {
  const processes = twoProcesses();

  async function prepared(site: Site) {
    const { user, owner } = await userWithTotp(site);
    return { user, codes: await made(owner) };
  }

  async function made(owner: Visitor): Promise<readonly string[]> {
    const answer = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
    return answer.body.recoveryCodes as readonly string[];
  }

  /** Each code from a session of its own, all at the same moment. */
  async function burst(
    site: Site,
    user: Awaited<ReturnType<typeof prepared>>['user'],
    codes: readonly string[],
  ): Promise<readonly Answer[]> {
    const asks = await Promise.all(
      codes.map(async (otp) => {
        const visitor = await signedIn(site, user);
        const challengeId = await challenge(visitor, 'recoveryCode');
        return visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId, otp });
      }),
    );
    return together(site, asks);
  }

  async function left(site: Site, { cookie }: Pick<Answer, 'cookie'>): Promise<unknown> {
    const counted = await new Visitor(site, cookie).get('/v1/account/mfa/recovery-codes');
    return expected(counted, 200).body.remaining;
  }

  it('uses one code once, whichever of fifty sessions sent it [REP-5] [REC-3]', async () => {
    const site = await processes.site({ options: { locks: NO_LOCKS } });
    const { user, codes } = await prepared(site);
    const [code = ''] = codes;
    const answers = await burst(site, user, Array(50).fill(code));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await left(site, won[0] ?? { cookie: '' })).toBe(9);
  });

  it('uses ten codes ten times from sessions that lack nothing, and counts each [REP-5]', async () => {
    const site = await processes.site();
    const user = site.addUser();
    const owner = await signedIn(site, user);
    await enrollTotp(site, owner);
    const codes = await made(owner);
    const answers = await burst(site, user, codes);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await left(site, answers[0] ?? { cookie: '' })).toBe(0);
    const visitor = await signedIn(site, user);
    const none = await visitor.post('/v1/account/mfa/challenges', { factor: 'recoveryCode' });
    expect(none.status).toBe(404);
  });

  it('lets one of ten sessions recover, ends the others, and takes one code [REC-9]', async () => {
    const site = await processes.site();
    const { user, codes } = await prepared(site);
    const answers = await burst(site, user, codes);
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await left(site, won[0] ?? { cookie: '' })).toBe(9);
  });
});
