import { describeWithRedis } from '../support/redis-harness.ts';
import { guardOf, pendingByMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const PATH = '/v1/account/mfa/challenges';

describeWithRedis('[A35] a parameter given more than once', () => {
  const processes = twoProcesses();

  it('counts by the body’s last value only, and a query is never read [TRN-5] [VER-5]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    const wrong = code === '111111' ? '222222' : '111111';
    const query = `challengeId=${id}&otp=${code}`;
    expect((await visitor.put(`${PATH}?${query}`, {})).status).toBe(400);
    expect((await visitor.put(`${PATH}?${query}`, { challengeId: id })).status).toBe(400);
    expect((await visitor.put(`${PATH}?otp=${code}`, { challengeId: id, otp: wrong })).status).toBe(
      401,
    );
    const last = `{"challengeId":"${id}","otp":"${code}","otp":"${wrong}"}`;
    expect((await visitor.put(PATH, last)).status).toBe(401);
    // An array of both is no string, whichever of the two is right.
    const both = { challengeId: id, otp: [code, wrong] };
    expect((await visitor.put(PATH, both)).status).toBe(400);
    const headers = { 'x-otp': code, otp: code, 'x-http-method-override': 'PUT' };
    expect((await visitor.post(PATH, { challengeId: id, otp: code }, headers)).status).toBe(400);
    expect(await guardOf(visitor)).toBe(401);
    expect(await site.count('challenge_refused', 'wrong')).toBe(2);
    const right = `{"challengeId":"x","challengeId":"${id}","otp":"${wrong}","otp":"${code}"}`;
    expect((await visitor.put(`${PATH}?otp=${wrong}`, right)).status).toBe(200);
  });
});
