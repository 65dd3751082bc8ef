import { endSessions } from '../../lib/core/commands/end-sessions.ts';
import { listWays } from '../../lib/core/commands/list-ways.ts';
import { codeAt } from '../factors/hotp.ts';
import { DAY, HOUR, MINUTE, reasonOf, startEngine, valueOf } from './engine.ts';
import type { Lab } from './engine.ts';

/** A session that lacks its factor, with a challenge that lives longer than it. */
async function lacking() {
  const lab = startEngine();
  const user = lab.user();
  const first = await lab.signIn(user);
  const seed = await first.enrollTotp();
  valueOf(await first.switchMfa(true));
  const visit = await lab.signIn(user);
  lab.clock.now += MINUTE;
  const { id } = valueOf(await visit.challenge('totp'));
  return { lab, user, visit, answer: () => visit.answer(id, codeAt(seed, lab.clock.now)) };
}

describe('a session that lacks a factor', () => {
  it('may bring it', async () => {
    const { answer } = await lacking();
    expect(reasonOf(await answer())).toBe('done');
  });

  it.each<readonly [string, (lab: Lab, userId: string) => unknown]>([
    ['its time for that is over [SES-7]', ({ clock }) => (clock.now += 9 * MINUTE)],
    ['it was not used for an hour [SES-4]', ({ clock }) => (clock.now += HOUR)],
    ['its day is over', ({ clock }) => (clock.now += DAY)],
    ['all sessions were ended [SES-8]', ({ engine }, userId) => endSessions(engine, {}, userId)],
  ])('may not once %s: not by a challenge that is open, nor by a new one', async (_what, pass) => {
    const { lab, user, visit, answer } = await lacking();
    await pass(lab, user.id);
    expect(reasonOf(await answer())).toBe('first-factor');
    expect(reasonOf(await visit.challenge('totp'))).toBe('first-factor');
    expect(reasonOf(await visit.run(listWays))).toBe('first-factor');
  });
});
