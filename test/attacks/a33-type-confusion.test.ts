import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, guardOf, pendingByMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const PATH = '/v1/account/mfa/challenges';

describeWithRedis('[A33] a code that is no string', () => {
  const processes = twoProcesses();

  it('is refused before the store: the challenge is untouched [VER-3]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    const odd: readonly unknown[] = [
      [code],
      [[code]],
      { $ne: 1 },
      { $gt: '' },
      { toString: code },
      true,
      false,
      null,
      0,
      Number(code),
      { length: 6, 0: code },
      [],
      {},
      '',
    ];
    for (const otp of odd) {
      const refused = await answer(visitor, id, otp);
      expect([otp, refused.status, refused.body.type]).toEqual([
        otp,
        400,
        'general_argument_invalid',
      ]);
    }
    for (const challengeId of [[id], { $ne: 1 }, null, 7]) {
      expect((await visitor.put(PATH, { challengeId, otp: code })).status).toBe(400);
    }
    const forms = [
      ['application/x-www-form-urlencoded', `challengeId=${id}&otp[]=${code}`],
      ['application/x-www-form-urlencoded', `challengeId=${id}&otp=${code}`],
      ['text/plain', JSON.stringify({ challengeId: id, otp: code })],
      ['application/json', JSON.stringify([{ challengeId: id, otp: code }])],
      ['application/json', JSON.stringify(code)],
      ['application/json', 'null'],
      ['application/json', `{"challengeId":"${id}","otp":1e309}`],
    ] as const;
    for (const [type, body] of forms) {
      const refused = await visitor.put(PATH, body, { 'content-type': type });
      expect([type, body, refused.status]).toEqual([type, body, 400]);
    }
    expect(await site.count('challenge_refused')).toBe(0);
    expect(await guardOf(visitor)).toBe(401);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });
});
