import { isStrangers, standingOf } from '../../lib/core/standing.ts';
import type { Completed, SessionRecord } from '../../lib/core/vocabulary.ts';
import { aRecord } from '../contracts/store-builders.ts';
import { START } from './engine.ts';

describe('what speaks for a session being its owner’s', () => {
  const first: Completed = { factor: 'password', by: 'first-factor', at: START };
  const then = (by: Completed['by']): readonly Completed[] => [
    first,
    { factor: 'email', authenticator: 'a', by, at: START },
  ];

  const CASES: readonly (readonly [string, Partial<SessionRecord>, number])[] = [
    ['little for a first factor alone', { completed: [first] }, 1],
    ['more for one from a known device', { completed: [first], device: 'known' }, 2],
    ['most for a proof', { completed: then('challenge') }, 3],
    ['most for an enrollment', { completed: then('enrollment') }, 3],
    ['most for the switch, which proves nothing and is in', { completed: then('switch') }, 3],
  ];
  it.each(CASES)('is %s [A44]', (_, more, standing) => {
    const record = aRecord(more);
    expect([standingOf(record), isStrangers(record)]).toEqual([standing, standing === 1]);
  });
});
