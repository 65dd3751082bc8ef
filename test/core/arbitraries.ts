import fc from 'fast-check';

import type { Requirement } from '../../lib/core/policy.ts';
import type { Completed, CompletedBy } from '../../lib/core/vocabulary.ts';
import { proved } from './builders.ts';
import { DAY, HOUR, MINUTE, SECOND, START } from './engine.ts';

/** The types of factors that sessions and facts are drawn from; the first opens sessions only. */
export const TYPES: readonly string[] = ['password', 'totp', 'email', 'recoveryCode'];

/** A time about which something is decided at `START`: most are recent. */
export const someTime = fc.oneof(fc.integer({ min: START - DAY - SECOND, max: START + SECOND }), {
  arbitrary: fc.integer({ min: START - 11 * MINUTE, max: START }),
  weight: 4,
});

export const someCompleted: fc.Arbitrary<Completed> = fc
  .record({
    factor: fc.constantFrom(...TYPES),
    by: fc.constantFrom<CompletedBy[]>('first-factor', 'enrollment', 'challenge', 'switch'),
    at: someTime,
  })
  .map(({ factor, by, at }) => proved(factor, by, { at }));

export const someRequirement: fc.Arbitrary<Requirement> = fc.record(
  { maxAgeMs: fc.integer({ min: 0, max: HOUR }), enrolled: fc.boolean() },
  { requiredKeys: [] },
);
