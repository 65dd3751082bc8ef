import type { Engine } from '../../lib/core/engine.ts';
import { parsePointer } from '../../lib/core/pointer.ts';
import type { Settled, Store } from '../../lib/core/ports.ts';
import { answerChallenge } from '../../lib/core/commands/answer-challenge.ts';
import { confirmEnrollment } from '../../lib/core/commands/confirm-enrollment.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt } from '../factors/hotp.ts';
import { HOUR, MINUTE, reasonOf, sentCode, startEngine, valueOf } from './engine.ts';
import type { Lab } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

/** A user with an app and MFA on, whose session has one open challenge. */
async function challenged(lab: Lab) {
  const visit = await lab.signIn(lab.user());
  const seed = await visit.enrollTotp();
  valueOf(await visit.switchMfa(true));
  const { id } = valueOf(await visit.challenge('totp'));
  return { visit, id, code: codeAt(seed, lab.clock.now) };
}

/** The same engine after a restart without the factor. */
function without(engine: Engine, type: string): Engine {
  return { ...engine, factors: new Map([...engine.factors].filter(([name]) => name !== type)) };
}

describe('judge', () => {
  it('refuses an answer for a factor that is no longer configured, and counts nothing', async () => {
    const lab = startEngine();
    const { visit, id, code } = await challenged(lab);
    const after = without(lab.engine, 'totp');
    const caller = { pointer: visit.pointer };
    const asked = { challengeId: id, answer: code };
    expect(await answerChallenge(after, caller, asked)).toEqual({
      status: 'refused',
      reason: 'invalid',
    });
    const confirmed = await confirmEnrollment(after, caller, { factor: 'totp', answer: code });
    expect(reasonOf(confirmed)).toBe('unknown-factor');
    expect(reasonOf(await visit.answer(id, code))).toBe('done');
  });

  it('grants nothing by a wrong answer, even if a store takes it', async () => {
    const store = memoryStore();
    const gullible = { on: false };
    const settle: Store['settle'] = async (attempt): Promise<Settled> =>
      gullible.on ? { status: 'accepted' } : store.settle(attempt);
    const lab = startEngine({ store: { ...store, settle } }, seededRandom('gullible'));
    const { visit, id } = await challenged(lab);
    gullible.on = true;
    await expect(visit.answer(id, '000000')).rejects.toThrow('judged wrong');
    expect(await visit.guard()).toBe('allowed');
    expect(await visit.guard({ maxAgeMs: 600_000 })).toBe('challenge');
  });

  describe('tells the host [LOG-2]', () => {
    const of = (lab: Lab, ...types: readonly string[]) =>
      lab.events
        .filter(({ type }) => types.includes(type))
        .map(({ type, reason }) => [type, reason]);

    it('what was completed, and of whom', async () => {
      const lab = startEngine();
      const { visit, id, code } = await challenged(lab);
      lab.events.length = 0;
      valueOf(await visit.answer(id, code));
      expect(lab.events).toEqual([
        {
          type: 'challenge_completed',
          at: lab.clock.now,
          userId: 'user-1',
          session: parsePointer(visit.pointer)?.id,
          factor: 'totp',
          authenticator: expect.any(String),
          reason: 'prove',
        },
      ]);
    });

    it('that an enrollment was', async () => {
      const lab = startEngine();
      await challenged(lab);
      expect(of(lab, 'challenge_completed')).toEqual([['challenge_completed', 'enroll']]);
    });

    it('of each wrong answer, of the lock that comes of them, and of what it holds up', async () => {
      const lab = startEngine({}, seededRandom('a lock'));
      const { visit, id } = await challenged(lab);
      const other = await lab.signIn(lab.users.get('user-1') ?? lab.user());
      const spare = valueOf(await other.challenge('totp'));
      lab.events.length = 0;
      for (let n = 0; n < 5; n += 1) await visit.answer(id, '000000');
      await other.answer(spare.id, '000000');
      const wrong = ['challenge_refused', 'wrong'];
      expect(of(lab, 'challenge_refused', 'factor_locked')).toEqual([
        ...Array.from({ length: 5 }, () => wrong),
        ['factor_locked', 'after 5 failures'],
        ['challenge_refused', 'locked'],
      ]);
    });

    it('that a code was wrong which the store compares with what was sent', async () => {
      const lab = startEngine();
      const visit = await lab.signIn(lab.user({ emailVerified: true }));
      await visit.prove('email', () => (sentCode(lab) === '000000' ? '111111' : '000000'));
      expect(of(lab, 'challenge_refused')).toEqual([['challenge_refused', 'wrong']]);
    });

    it('that an answer came to nothing that is open any more', async () => {
      const { settle, ...store } = memoryStore();
      const gone = { on: false };
      const lab = startEngine({
        store: {
          ...store,
          settle: async (attempt) => (gone.on ? { status: 'expired' } : settle(attempt)),
        },
      });
      const { visit, id, code } = await challenged(lab);
      gone.on = true;
      expect(await visit.answer(id, code)).toEqual({ status: 'refused', reason: 'invalid' });
      expect(lab.events.at(-1)).toMatchObject({ type: 'challenge_refused', reason: 'expired' });
    });
  });

  it('[VER-3] says what is wrong with an answer that cannot be read', async () => {
    const { visit, id } = await challenged(startEngine());
    expect(await visit.answer(id, 123)).toEqual({
      status: 'refused',
      reason: 'malformed',
      message: expect.stringMatching(/\w/),
    });
  });

  it('[THR-7] makes nobody wait for what nobody can guess', async () => {
    const locks = [
      { count: 2, waitMs: MINUTE },
      { count: 3, waitMs: HOUR },
    ];
    const lab = startEngine({ locks }, seededRandom('never slowed down'));
    const visit = await lab.signIn(lab.user());
    await visit.enrollTotp();
    valueOf(await visit.enroll('recoveryCode'));
    const waitAfter = async (factor: string) => {
      for (let n = 0; n < 3; n += 1) {
        expect(reasonOf(await visit.prove(factor, '000000'))).toBe('invalid');
        if (n < 2) lab.clock.now += MINUTE;
      }
      const next = await visit.challenge(factor);
      return next.status === 'refused' ? (next.retryAt ?? 0) - lab.clock.now : 0;
    };
    expect(await waitAfter('recoveryCode')).toBe(0);
    expect(await waitAfter('totp')).toBe(HOUR);
  });

  it('[THR-1] counts a failure for the whole account, over its factors', async () => {
    const lab = startEngine({}, seededRandom('the account'));
    const { engine } = lab;
    Object.assign(lab, { engine: { ...engine, settings: { ...engine.settings, accountCap: 4 } } });
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    for (let n = 0; n < 2; n += 1) {
      expect(reasonOf(await visit.prove('totp', '000000'))).toBe('invalid');
      expect(reasonOf(await visit.prove('email', '000000'))).toBe('invalid');
      lab.clock.now += MINUTE;
    }
    expect(reasonOf(await visit.challenge('email'))).toBe('no-authenticator');
    expect(reasonOf(await visit.challenge('totp'))).toBe('done');
  });
});
