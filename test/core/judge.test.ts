import type { Engine } from '../../lib/core/engine.ts';
import type { Settled, Store } from '../../lib/core/ports.ts';
import { answerChallenge } from '../../lib/core/commands/answer-challenge.ts';
import { confirmEnrollment } from '../../lib/core/commands/confirm-enrollment.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt } from '../factors/hotp.ts';
import { reasonOf, startEngine, valueOf } from './engine.ts';
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
    await expect(visit.answer(id, '000000')).rejects.toThrow(TypeError);
    expect(await visit.guard()).toBe('allowed');
    expect(await visit.guard({ maxAgeMs: 600_000 })).toBe('challenge');
  });
});
