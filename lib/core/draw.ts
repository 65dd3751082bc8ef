import type { Draw } from './draws.ts';
import type { Engine } from './engine.ts';

/** What became of drawing on all at once. `until`: when the longest of them has one left again. */
export type Drawn =
  | { readonly status: 'drawn' }
  | { readonly status: 'limited'; readonly kind: Draw['kind']; readonly until: number };

/** Draws on all budgets, or on none: what was taken when another was exhausted is given back. */
export async function draw(engine: Engine, draws: readonly Draw[], now: number): Promise<Drawn> {
  const spent = await Promise.all(
    draws.map(async (one) => ({
      ...one,
      spent: await engine.store.spend(one.budget, one.id, now),
    })),
  );
  const limits = spent.flatMap(({ kind, spent: one }) =>
    one.status === 'spent' ? [] : [{ status: 'limited' as const, kind, until: one.until }],
  );
  const [longest] = limits.toSorted((a, b) => b.until - a.until);
  if (!longest) return { status: 'drawn' };
  await giveBack(
    engine,
    spent.filter(({ spent: { status } }) => status === 'spent'),
  );
  return longest;
}

/**
 * Gives back what was drawn. A destination that a network has tried is remembered under its own
 * name, whoever tried it: that stays.
 */
export async function giveBack(engine: Engine, draws: readonly Draw[]): Promise<void> {
  await Promise.all(
    draws
      .filter(({ kind }) => kind !== 'destinationsPerNetwork')
      .map(({ budget, id }) => engine.store.refund(budget, id)),
  );
}
