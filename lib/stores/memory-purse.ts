import type { VolatileStore } from '../core/ports.ts';
import { afterSpending, reachOf } from '../core/spent.ts';

/** Budgets in this process, by name: who took one, and when. */
export function memoryPurse(): Pick<VolatileStore, 'spend' | 'refund' | 'tally'> {
  const purses = new Map<string, Map<string, number>>();
  return {
    async spend(budget, id, now) {
      const purse = purses.get(budget.name) ?? new Map<string, number>();
      for (const [other, at] of purse) if (at <= now - reachOf(budget)) purse.delete(other);
      if (purse.has(id)) return { status: 'spent' };
      const spent = afterSpending(budget, [...purse.values()], now);
      if (spent.status === 'spent') purse.set(id, now);
      if (purse.size > 0) purses.set(budget.name, purse);
      return spent;
    },

    async refund({ name }, id) {
      purses.get(name)?.delete(id);
    },

    async tally({ name }, since) {
      return [...(purses.get(name)?.values() ?? [])].filter((at) => at > since).length;
    },
  };
}
