import { randomUUID } from 'node:crypto';

import fc from 'fast-check';

import type { Budget } from '../../lib/core/budget.ts';
import { MINUTE, NOW } from './store-builders.ts';
import type { Given } from './store-builders.ts';

const HOUR = 60 * MINUTE;
const aBudget = (...windows: Budget['windows']): Budget => ({ name: randomUUID(), windows });

/** What many draw on at once: destinations, networks, countries. */
export function budgetsContract(given: Given): void {
  describe('budgets', () => {
    it('spends what there is and says when there will be more [DEL-2]', async () => {
      const [store] = given();
      const budget = aBudget({ limit: 2, windowMs: MINUTE });
      expect(await store.spend(budget, 'a', NOW)).toEqual({ status: 'spent' });
      expect(await store.spend(budget, 'b', NOW + 10)).toEqual({ status: 'spent' });
      const exhausted = { status: 'exhausted', until: NOW + MINUTE };
      expect(await store.spend(budget, 'c', NOW + 20)).toEqual(exhausted);
      expect(await store.spend(budget, 'c', NOW + MINUTE - 1)).toEqual(exhausted);
      expect(await store.spend(budget, 'c', NOW + MINUTE)).toEqual({ status: 'spent' });
      expect(await store.spend(budget, 'd', NOW + MINUTE)).toEqual({
        status: 'exhausted',
        until: NOW + MINUTE + 10,
      });
    });

    it('goes by the longest wait of several windows', async () => {
      const [store] = given();
      const budget = aBudget({ limit: 2, windowMs: MINUTE }, { limit: 3, windowMs: HOUR });
      for (const id of ['a', 'b']) await store.spend(budget, id, NOW);
      expect(await store.spend(budget, 'c', NOW)).toMatchObject({ until: NOW + MINUTE });
      expect(await store.spend(budget, 'c', NOW + MINUTE)).toEqual({ status: 'spent' });
      expect(await store.spend(budget, 'd', NOW + 2 * MINUTE)).toMatchObject({ until: NOW + HOUR });
    });

    it('spends nothing where the limit is nothing', async () => {
      const [store] = given();
      const budget = aBudget({ limit: 0, windowMs: MINUTE });
      expect(await store.spend(budget, 'a', NOW)).toEqual({
        status: 'exhausted',
        until: NOW + MINUTE,
      });
    });

    it('counts an id once, and what is refused not at all', async () => {
      const [store] = given();
      const budget = aBudget({ limit: 1, windowMs: MINUTE });
      for (let i = 0; i < 3; i += 1) {
        expect(await store.spend(budget, 'same', NOW + i)).toEqual({ status: 'spent' });
        expect(await store.spend(budget, `other-${i}`, NOW)).toMatchObject({ until: NOW + MINUTE });
      }
      expect(await store.tally(budget, NOW - 1)).toBe(1);
      expect(await store.tally(budget, NOW)).toBe(0);
    });

    it('counts an id anew once its window is over, and not before', async () => {
      const [store] = given();
      const budget = aBudget({ limit: 1, windowMs: MINUTE });
      await store.spend(budget, 'same', NOW);
      await store.spend(budget, 'same', NOW + MINUTE - 1);
      expect(await store.tally(budget, NOW)).toBe(0);
      await store.spend(budget, 'same', NOW + MINUTE);
      expect(await store.tally(budget, NOW)).toBe(1);
    });

    it('gives back what was taken, once', async () => {
      const [store] = given();
      const budget = aBudget({ limit: 1, windowMs: MINUTE });
      await store.spend(budget, 'a', NOW);
      await store.refund(budget, 'b');
      expect(await store.spend(budget, 'b', NOW)).toMatchObject({ status: 'exhausted' });
      await store.refund(budget, 'a');
      await store.refund(budget, 'a');
      expect(await store.spend(budget, 'b', NOW)).toEqual({ status: 'spent' });
      expect(await store.spend(budget, 'c', NOW)).toMatchObject({ status: 'exhausted' });
    });

    it('never overdraws, however many draw at once from two processes [DEL-2] [A41]', async () => {
      const stores = given();
      for (let round = 0; round < 10; round += 1) {
        const budget = aBudget({ limit: 7, windowMs: MINUTE });
        const spent = await Promise.all(
          Array.from({ length: 60 }, (_, i) =>
            (i % 2 === 0 ? stores[0] : stores[1]).spend(budget, `${i}`, NOW),
          ),
        );
        expect(spent.filter(({ status }) => status === 'spent')).toHaveLength(7);
      }
    });

    it('never lets more through in any window than its limit, for any times [DEL-2]', async () => {
      const [store] = given();
      // In minutes: a time to live that is over while Redis is asked would be no matter of windows.
      const someTimes = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 25 });
      await fc.assert(
        fc.asyncProperty(someTimes, async (offsets) => {
          const windows = [
            { limit: 2, windowMs: 20 * MINUTE },
            { limit: 4, windowMs: 90 * MINUTE },
          ];
          const budget = aBudget(...windows);
          const taken: number[] = [];
          for (const [i, minute] of offsets.toSorted((a, b) => a - b).entries()) {
            const at = minute * MINUTE;
            const { status } = await store.spend(budget, `${i}`, NOW + at);
            if (status === 'spent') taken.push(at);
          }
          for (const { limit, windowMs } of windows)
            for (const at of taken)
              expect(taken.filter((t) => t > at - windowMs && t <= at).length).toBeLessThanOrEqual(
                limit,
              );
        }),
        { numRuns: 25 },
      );
    });
  });
}
