import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, sentCode, sentCodes, signedIn, userWithMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { together } from './visitor.ts';

describeWithRedis('[A07] twenty messages asked for at once', () => {
  const processes = twoProcesses();

  it('sends one, and leaves one code that works, from one session [DEL-1] [GEN-9]', async () => {
    const site = await processes.site();
    const { user } = await userWithMail(site);
    const visitor = await signedIn(site, user);
    const ask = visitor.ask('POST', '/v1/account/mfa/challenges', { factor: 'email' });
    for (let round = 0; round < 3; round++) {
      const before = sentCodes(site).length;
      const answers = await together(site, Array(20).fill(ask));
      const opened = answers.filter(({ status }) => status === 201);
      expect(opened).toHaveLength(1);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 429]));
      expect(sentCodes(site)).toHaveLength(before + 1);
      if (round === 2) {
        expect((await answer(visitor, String(opened[0]?.body.$id), sentCode(site))).status).toBe(
          200,
        );
      }
      await site.forward(150_000);
    }
  });

  it('sends one to twenty sessions of the same user, too [DEL-1]', async () => {
    const site = await processes.site();
    const { user } = await userWithMail(site);
    const visitors = await Promise.all(Array.from({ length: 20 }, () => signedIn(site, user)));
    const asks = visitors.map((visitor) =>
      visitor.ask('POST', '/v1/account/mfa/challenges', { factor: 'email' }),
    );
    const answers = await together(site, asks);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(sentCodes(site)).toHaveLength(1);
  });
});
