import type { Failures, LockStep } from './ports.ts';
import type { Challenge } from './vocabulary.ts';

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

/** Whether the failures of a factor, or those counted along with it, have reached what they may be. */
export function isCapped(
  failures: Readonly<Record<string, Failures>>,
  [own, ...along]: Challenge['counters'],
  { hardCap, accountCap }: { readonly hardCap: number; readonly accountCap: number },
): boolean {
  // What is only throttled has nothing that counts along, and no cap.
  if (along.length === 0) return false;
  const count = (counter: string): number => failures[counter]?.count ?? 0;
  return count(own) >= hardCap || along.some((counter) => count(counter) >= accountCap);
}
