/** How many messages were asked for in a row, and until when no further one is sent. */
export interface CoolDown {
  readonly count: number;
  readonly until: number;
}

/** After this long without a message the waits start over. */
export const COOL_DOWN_MEMORY_MS = 3_600_000;

/** One message more: each waits longer for the next, up to the last step. */
export function afterSend(
  coolDown: CoolDown | undefined,
  stepsMs: readonly number[],
  now: number,
): CoolDown {
  const recent = coolDown !== undefined && coolDown.until + COOL_DOWN_MEMORY_MS > now;
  const count = (recent ? coolDown.count : 0) + 1;
  return { count, until: now + (stepsMs[Math.min(count, stepsMs.length) - 1] ?? 0) };
}

/** The message asked for at `at` did not leave: its wait is given back, those before it still count. */
export function afterWithdrawal(coolDown: CoolDown, at: number): CoolDown {
  return { count: Math.max(0, coolDown.count - 1), until: at };
}
