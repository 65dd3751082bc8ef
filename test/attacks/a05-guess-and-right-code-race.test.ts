import { describeWithRedis } from '../support/redis-harness.ts';
import { guardOf, pendingByMail, wrongCodes } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { together, Visitor } from './visitor.ts';

const NO_LOCKS = [{ count: 1_000_000, waitMs: 1 }];

describeWithRedis('[A05] a right code amid 199 guesses', () => {
  const processes = twoProcesses();

  it('wins among the first five that are evaluated, or not at all [VER-1] [THR-4]', async () => {
    const site = await processes.site({ options: { locks: NO_LOCKS } });
    for (const place of [3, 199]) {
      site.events.length = 0;
      const { visitor, id, code } = await pendingByMail(site);
      const codes = wrongCodes(199, code).toSpliced(place, 0, code);
      const asks = codes.map((otp) =>
        visitor.ask('PUT', '/v1/account/mfa/challenges', { challengeId: id, otp }),
      );
      const answers = await together(site, asks);
      const won = answers.flatMap(({ status }, i) => (status === 200 ? [i] : []));
      const wrong = await site.count('challenge_refused', 'wrong');
      // Nobody but the right one ever wins, and then it was among the first five.
      expect(won).toEqual(won.length === 0 ? [] : [place]);
      expect(wrong + won.length).toBeLessThanOrEqual(5);
      expect(won.length === 1 || wrong === 5).toBe(true);
      const cookie = won.length === 1 ? answers[place]?.cookie : visitor.cookie;
      expect(await guardOf(new Visitor(site, cookie))).toBe(won.length === 1 ? 200 : 401);
    }
  });
});
