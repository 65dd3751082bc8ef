import type { Enrollment } from './vocabulary.ts';

/**
 * The `endedBefore` that ends every session there is. It is later than the last one, so that it
 * ends those as well that outlived that one, whatever the clock says.
 */
export function endedBeforeNow(enrollment: Enrollment, now: number): number {
  return Math.max(enrollment.endedBefore, now) + 1;
}
