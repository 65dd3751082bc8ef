import fc from 'fast-check';

import type { Attempt, Settled, Store } from '../../lib/core/ports.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { HOUR, startEngine, valueOf } from '../core/engine.ts';
import { seededRandom } from '../core/seeded-random.ts';
import { runs } from './runs.ts';

const LIMIT = 7;
const WRONG = '000000';

/** A store whose verbs begin and answer in the order that a scheduler draws; it counts what was evaluated. */
function scheduled(store: Store) {
  const evaluated = new Map<string, number>();
  const state: { scheduler: fc.Scheduler | undefined } = { scheduler: undefined };
  const settle = async (attempt: Attempt): Promise<Settled> => {
    const settled = await store.settle(attempt);
    if (settled.status === 'refused' || settled.status === 'accepted')
      evaluated.set(attempt.challenge.id, (evaluated.get(attempt.challenge.id) ?? 0) + 1);
    return settled;
  };
  const proxy = new Proxy(store, {
    get(target, name) {
      const verb: unknown = name === 'settle' ? settle : Reflect.get(target, name);
      if (typeof verb !== 'function') return verb;
      return async (...args: unknown[]): Promise<unknown> => {
        const { scheduler } = state;
        if (scheduler) await scheduler.schedule(Promise.resolve(), `before ${String(name)}`);
        const answer: unknown = await verb.apply(target, args);
        if (scheduler) await scheduler.schedule(Promise.resolve(), `after ${String(name)}`);
        return answer;
      };
    },
  });
  return { store: proxy, evaluated, state };
}

describe('guesses', () => {
  it('[VER-1] [THR-1] [A01] are never evaluated beyond what a challenge and a lock allow, in any interleaving', async () => {
    const burst = fc.array(fc.nat(3), { minLength: 1, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        burst,
        fc.integer({ min: 1, max: 5 }),
        async (scheduler, guesses, tries) => {
          const { store, evaluated, state } = scheduled(memoryStore());
          const lab = startEngine(
            { store, tries, locks: [{ count: LIMIT, waitMs: HOUR }] },
            seededRandom('guesses'),
          );
          const user = lab.user();
          const owner = await lab.signIn(user);
          await owner.enrollTotp();
          valueOf(await owner.switchMfa(true));
          evaluated.clear();
          const visits = await Promise.all([0, 1, 2, 3].map(() => lab.signIn(user)));
          const challenges = await Promise.all(
            visits.map(async (visit) => valueOf(await visit.challenge('totp')).id),
          );
          state.scheduler = scheduler;
          const sent = guesses.map(async (at) => visits[at]?.answer(challenges[at] ?? '', WRONG));
          await scheduler.waitFor(Promise.all(sent));
          const counts = challenges.map((id) => evaluated.get(id) ?? 0);
          for (const count of counts) expect(count).toBeLessThanOrEqual(tries);
          const all = counts.reduce((sum, count) => sum + count, 0);
          expect(all).toBeLessThanOrEqual(LIMIT);
          // And none is turned away that both still allow.
          const free = [0, 1, 2, 3].map((at) =>
            Math.min(tries, guesses.filter((guess) => guess === at).length),
          );
          expect(all).toBe(
            Math.min(
              LIMIT,
              free.reduce((sum, count) => sum + count, 0),
            ),
          );
        },
      ),
      runs(),
    );
  });
});
