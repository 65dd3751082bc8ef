import type { Engine } from '../core/engine.ts';
import type { Factor } from '../core/factor.ts';
import { firstFactors } from '../core/policy.ts';
import type { SessionRecord } from '../core/vocabulary.ts';

/** The factors that a user can set up here: with a channel that is served, and not what signs in already. */
export function addable({ factors, senders }: Engine, record: SessionRecord): readonly Factor[] {
  const first = firstFactors(record);
  return [...factors.values()].filter(
    ({ type, traits: { role, channel } }) =>
      role === 'factor' && !first.includes(type) && (!channel || senders[channel] !== undefined),
  );
}
