import type { Change, Move } from '../../core/ports.ts';
import { standingOf } from '../../core/standing.ts';
import type { Challenge, Facts, SessionRecord } from '../../core/vocabulary.ts';

/**
 * A document as the scripts keep it: a head of what they have to know, then the JSON, which they
 * pass on unread. Lua's JSON turns empty arrays into objects and rounds large numbers.
 */
export function recordValue(record: SessionRecord): string {
  const { secret, createdAt, network = '-' } = record;
  return `${secret} ${createdAt} ${standingOf(record)} ${network} ${JSON.stringify(record)}`;
}

export function challengeValue(challenge: Challenge): string {
  return challengeHead(challenge) + JSON.stringify(challenge);
}

/** What `settle` decides by. An attempt brings it along, for only the JSON was verified. */
export function challengeHead(challenge: Challenge): string {
  const { id, factor, expiresAt, tries, expects = '-' } = challenge;
  return `${id} ${factor} ${expiresAt} ${tries} ${expects} `;
}

export function factsArgument(facts: Facts) {
  return { version: facts.version, document: JSON.stringify(facts) };
}

export function moveArgument(move: Move | undefined) {
  if (!move) return undefined;
  const { secret, record } = move;
  return { id: record.id, secret, record: recordValue(record) };
}

export function changeArgument({ next, facts, session }: Change) {
  return {
    version: next.version,
    document: JSON.stringify(next),
    facts: factsArgument(facts),
    move: moveArgument(session),
  };
}
