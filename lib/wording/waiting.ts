import { counting } from './counting.ts';
import type { Forms } from './counting.ts';
import type { Language } from './languages.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How a length of time is said in a language, in seconds: never shorter than it is. */
export function waiting(
  language: Language,
  units: { readonly second: Forms; readonly minute: Forms; readonly hour: Forms },
): (seconds: number) => string {
  const count = counting(language);
  return (seconds) => {
    if (seconds >= 1.5 * HOUR) return count(Math.ceil(seconds / HOUR), units.hour);
    if (seconds >= 2 * MINUTE) return count(Math.ceil(seconds / MINUTE), units.minute);
    return count(Math.ceil(seconds), units.second);
  };
}
