import type { Undeliverable } from './factor.ts';
import { refused } from './outcome.ts';
import type { Refusal } from './outcome.ts';
import type { FactorType } from './vocabulary.ts';

/** Why nothing was sent, as a refusal. */
export function undeliverable({ status, message }: Undeliverable, factor: FactorType): Refusal {
  return refused(status === 'missing' ? 'no-destination' : 'unacceptable', { factor, message });
}
