import { boolean, literal, optional } from 'valibot';

import type { Requirement } from './core/policy.ts';
import { shapes } from './option-shapes.ts';
import { readOptions } from './read-options.ts';
import { unknownOptions } from './unknown-options.ts';

const YEAR = 366 * 24 * 3_600_000;

const schema = shapes.shape({
  // From a second on: below it, seconds were given for milliseconds.
  maxAgeMs: optional(shapes.whole(1000, YEAR)),
  enrolled: optional(boolean('must be true or false')),
  aal: optional(literal(2, 'must be 2')),
});

/**
 * Checks what a route asks for when its guard is made: a slip of the pen must not leave it open.
 *
 * @throws MfaError `options_invalid`
 */
export function settleRequirement(requirement: Requirement): Requirement {
  const strange = unknownOptions(requirement, schema.entries);
  return readOptions(schema, requirement, {
    of: 'requireAllFactors',
    all: 'requirement',
    strange,
  });
}
