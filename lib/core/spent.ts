import type { Budget, Spent } from './budget.ts';

/** What a budget's windows leave at `now`, given when each earlier one was taken. */
export function afterSpending({ windows }: Budget, takenAt: readonly number[], now: number): Spent {
  const waits = windows.flatMap(({ limit, windowMs }) => {
    const within = takenAt.filter((at) => at > now - windowMs).toSorted((a, b) => a - b);
    if (within.length < limit) return [];
    // Free again once so many have left the window that one more fits.
    return [(within[within.length - limit] ?? now) + windowMs];
  });
  return waits.length === 0
    ? { status: 'spent' }
    : { status: 'exhausted', until: Math.max(...waits) };
}

/** How far back a budget looks. */
export function reachOf({ windows }: Budget): number {
  return Math.max(0, ...windows.map(({ windowMs }) => windowMs));
}
