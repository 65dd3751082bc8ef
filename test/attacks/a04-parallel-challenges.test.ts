import { describeWithRedis } from '../support/redis-harness.ts';
import { sentCodes, signedIn, userWithMail, wrongCodes } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { together } from './visitor.ts';

describeWithRedis(
  '[A04] a hundred sign-ins with a challenge each, and guesses at all of them',
  () => {
    const processes = twoProcesses();

    it('get five guesses judged in all, and their owner is told [THR-2] [THR-5] [THR-13]', async () => {
      const site = await processes.site({ options: { limits: {} } });
      const { user } = await userWithMail(site);
      const visitors = await Promise.all(Array.from({ length: 100 }, () => signedIn(site, user)));
      const opened = await together(
        site,
        visitors.map((visitor) =>
          visitor.ask('POST', '/v1/account/mfa/challenges', { factor: 'email' }),
        ),
      );
      const [code = ''] = sentCodes(site);
      const guesses = wrongCodes(500, code);
      const asks = visitors.flatMap((visitor, i) => {
        const challengeId = String(opened[i]?.body.$id);
        return guesses
          .slice(i * 5, i * 5 + 5)
          .map((otp) => visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId, otp }));
      });
      const answers = await together(site, asks);
      expect(answers.filter(({ status }) => status === 200)).toEqual([]);
      expect(await site.count('challenge_refused', 'wrong')).toBeLessThanOrEqual(5);
      expect(sentCodes(site)).toHaveLength(1);
      const told = () => site.outbox.filter(({ text }) => text.includes('wrong answers'));
      // Nobody waits for a notice: it may come after the answer that it tells of.
      while (told().length === 0) await site.seen();
      await site.seen();
      expect(told()).toHaveLength(1);
    });

    it('leave no more codes open than may be, with all the waits between them [THR-5]', async () => {
      const site = await processes.site({ options: { limits: {} } });
      const { user } = await userWithMail(site);
      const opened = [];
      for (let i = 0; i < 5; i++) {
        const visitor = await signedIn(site, user);
        const { body } = await visitor.post('/v1/account/mfa/challenges', { factor: 'email' });
        opened.push({ visitor, id: String(body.$id), code: sentCodes(site).at(-1) });
        await site.forward([30_000, 60_000, 120_000, 300_000, 0][i] ?? 0);
      }
      const [first] = opened;
      const challengeId = first?.id ?? '';
      const late = await first?.visitor.put('/v1/account/mfa/challenges', {
        challengeId,
        otp: first.code,
      });
      expect(late?.status).toBe(401);
      const last = opened.at(-1);
      const good = await last?.visitor.put('/v1/account/mfa/challenges', {
        challengeId: last.id,
        otp: last.code,
      });
      expect(good?.status).toBe(200);
    });
  },
);
