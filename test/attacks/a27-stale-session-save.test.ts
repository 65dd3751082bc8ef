import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, challenge, expected, guardOf, pendingByMail, sentCode } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { together } from './visitor.ts';

describeWithRedis(
  '[A27] a request of step one that saves its session after the second factor',
  () => {
    const processes = twoProcesses();

    it('neither undoes the elevation nor forges one [SES-2] [SES-9]', async () => {
      const site = await processes.site();
      const { visitor, id, code } = await pendingByMail(site);
      const stale = visitor.copy();
      const slow = stale.get('/slow');
      await site.slow.holds(1);
      expected(await answer(visitor, id, code), 200);
      site.slow.release();
      // Whatever cookie the slow answer sets, the browser may end up with it.
      const late = expected(await slow, 200);
      expect(await guardOf(visitor)).toBe(200);
      expect(await guardOf(stale)).toBe(401);
      if (late.cookie !== undefined) visitor.cookie = late.cookie;
      expect(await guardOf(visitor)).toBe(late.cookie === undefined ? 200 : 401);
    });

    it('does neither when forty writers of the session race the elevation [SES-2] [SES-9]', async () => {
      const site = await processes.site();
      for (let round = 0; round < 3; round++) {
        const { visitor, id, code } = await pendingByMail(site);
        const put = { challengeId: id, otp: code };
        const writes = Array.from({ length: 40 }, () => visitor.ask('GET', '/note'));
        const right = visitor.ask('PUT', '/v1/account/mfa/challenges', put);
        const answers = await together(site, writes.toSpliced(20, 0, right));
        const elevated = site.visitor();
        elevated.cookie = answers[20]?.cookie ?? '';
        expect([await guardOf(elevated), await guardOf(visitor)]).toEqual([200, 401]);
        for (const other of answers.toSpliced(20, 1)) {
          const thief = site.visitor();
          thief.cookie = other.cookie ?? visitor.cookie;
          expect(await guardOf(thief)).toBe(401);
        }
        await site.forward(400_000);
        const again = await challenge(elevated, 'email');
        expect((await answer(elevated, again, sentCode(site))).status).toBe(200);
      }
    });
  },
);
