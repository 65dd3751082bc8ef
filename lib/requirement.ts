import { boolean, literal, optional, safeParse } from 'valibot';

import type { Requirement } from './core/policy.ts';
import { MfaError } from './errors.ts';
import { shapes } from './option-shapes.ts';
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
  if (strange !== undefined) throw invalid(strange);
  const { success, issues, output } = safeParse(schema, requirement);
  if (success) return output;
  const [{ path, message }] = issues;
  throw invalid(
    `\`${path?.map(({ key }) => String(key)).join('.') ?? 'requirement'}\` ${message}.`,
  );
}

function invalid(message: string): MfaError {
  return new MfaError('options_invalid', `requireAllFactors: ${message}`);
}
