import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, pendingByMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';

/** The digits of a code, moved to another script. */
const script = (code: string, zero: number): string =>
  code.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

describeWithRedis('[A34] digits of other scripts, and invisible characters', () => {
  const processes = twoProcesses();

  it('are no code, and cost no try [VER-3]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    const odd = [
      script(code, 0xff10),
      script(code, 0x0660),
      script(code, 0x06f0),
      script(code, 0x0966),
      script(code, 0x1d7ce),
      `${code}\u00a0`,
      `${code.slice(0, 3)}\u200b${code.slice(3)}`,
      `\u202e${code}`,
      `\ufeff${code}`,
      `${code}\0`,
      `${code}\r\n`,
      `${code}\n`,
      `\t${code}`,
      `+${code}`,
      `${code}.0`,
      `0x${code}`,
      ' - ',
    ];
    for (const otp of odd) {
      expect([otp, (await answer(visitor, id, otp)).status]).toEqual([otp, 400]);
    }
    expect(await site.count('challenge_refused')).toBe(0);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });

  it('are not meant by what people type: spaces and hyphens are accepted [VER-3]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    const typed = ` ${code.slice(0, 3)} - ${code.slice(3)} `;
    expect((await answer(visitor, id, typed)).status).toBe(200);
  });
});
