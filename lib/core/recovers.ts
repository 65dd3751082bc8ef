import type { Factor } from './factor.ts';
import type { FactorType } from './vocabulary.ts';

/**
 * Whether what is of this type only brings back what was lost, as recovery codes do, and is no factor
 * itself. What is no longer configured is one: to leave it out must disarm nobody.
 */
export function recovers(factors: ReadonlyMap<FactorType, Factor>, type: FactorType): boolean {
  return factors.get(type)?.traits.role === 'recovery';
}
