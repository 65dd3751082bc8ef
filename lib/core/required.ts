import { assuranceOf, PASSWORD } from './assurance.ts';
import type { Factor } from './factor.ts';
import { refused } from './outcome.ts';
import type { Refusal } from './outcome.ts';
import { decide, firstFactors } from './policy.ts';
import type { Lifetimes, Requirement } from './policy.ts';
import { needRefused } from './presence.ts';
import type { Facts, FactorType, SessionRecord } from './vocabulary.ts';

/**
 * Why a session does not get what a route asks for, with the factors that would help; undefined
 * when it does. Where level 2 is asked for, what cannot reach it is as if it were not there: it is
 * named only if it must be proved first, and its proof is not fresh for such a route.
 */
export function required(
  record: SessionRecord,
  facts: Facts,
  requirement: Requirement,
  factors: ReadonlyMap<FactorType, Factor>,
  lifetimes: Lifetimes,
  now: number,
): Refusal | undefined {
  if (requirement.aal === undefined) {
    const decision = decide(record, facts, requirement, lifetimes, now);
    return decision.status === 'refuse' ? needRefused(decision.need, record, facts) : undefined;
  }
  const strong = {
    ...facts,
    held: facts.held.filter(({ type }) => factors.get(type)?.traits.aal2),
  };
  const holds = strong.held.length > 0;
  const any = decide(record, facts, {}, lifetimes, now);
  if (any.status === 'refuse') return needRefused(any.need, record, holds ? strong : facts, facts);
  // Nothing that is held makes level 2 of a link by mail: it takes a login with something known.
  if (!firstFactors(record).includes(PASSWORD))
    return refused('more-factors', { factors: [PASSWORD] });
  if (assuranceOf(record, facts, factors).aal < requirement.aal)
    return needRefused(holds ? 'more-factors' : 'enrollment', record, strong, facts);
  const decision = decide(record, strong, requirement, lifetimes, now);
  return decision.status === 'refuse'
    ? needRefused(decision.need, record, strong, facts)
    : undefined;
}
