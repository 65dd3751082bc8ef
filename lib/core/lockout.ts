import type { Failures, LockStep } from './ports.ts';

/** No failure yet. */
export const NO_FAILURES: Failures = { count: 0, until: 0 };

/**
 * One consecutive failure more: the wait grows with the count (NIST SP 800-63B-4 section 3.2.2).
 * A factor that is locked is not judged at all, so waiting is never prolonged by trying.
 */
export function afterFailure(
  failures: Failures,
  steps: readonly LockStep[],
  now: number,
): Failures {
  const count = failures.count + 1;
  const reached = steps.findLast((step) => step.count <= count);
  return { count, until: reached ? now + reached.waitMs : 0 };
}
