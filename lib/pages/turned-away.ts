import type { Refusal } from '../core/outcome.ts';
import { problem } from './problem.tsx';
import type { Frame, Shown } from './visit.ts';
import { wayOn } from './way-on.ts';

/** What becomes of a visitor to our own pages who lacks something. */
export function turnedAway(frame: Frame, refusal: Refusal): Shown {
  const way = wayOn(frame.site, frame.here, refusal);
  if (way) return way;
  switch (refusal.reason) {
    case 'first-factor':
      return problem(frame, 'signInFirst');
    case 'challenge':
      return problem(frame, 'signInAgain');
    default:
      return problem(frame, 'refused');
  }
}
