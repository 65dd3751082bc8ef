import { distance } from 'fastest-levenshtein';
import { optional } from 'valibot';

import { PASSWORD } from './core/assurance.ts';
import type { Factor } from './core/factor.ts';
import type { FactorType } from './core/vocabulary.ts';
import { shapes } from './option-shapes.ts';
import { optionsInvalid, readOptions } from './read-options.ts';
import { unknownOptions } from './unknown-options.ts';

const schema = shapes.shape({
  factor: optional(
    shapes.text(/\S/, "a name: 'password', 'email', 'phone', or your own for anything else"),
    PASSWORD,
  ),
});

/**
 * What a host says that signed its user in. What can be a second factor as well has one name only:
 * told by another, the same SIM or mailbox would pass its own second step (VER-12, attack A28).
 *
 * @throws MfaError `options_invalid`
 */
export function settleFirstFactor(
  options: { readonly factor?: string | undefined },
  factors: ReadonlyMap<FactorType, Factor>,
): FactorType {
  const strange = unknownOptions(options, schema.entries);
  const { factor } = readOptions(schema, options, { of: 'signIn', strange });
  if (factor === PASSWORD || factors.has(factor)) return factor;
  const letters = factor.toLowerCase().replace(/[^a-z]/g, '');
  const names = [
    ...(letters === 'pwd' || isSlip(letters, PASSWORD) ? [PASSWORD] : []),
    ...[...factors.values()]
      .filter(({ type, traits }) => traits.alsoCalled.test(letters) || isSlip(letters, type))
      .map(({ type }) => type),
  ];
  if (names.length === 0) return factor;
  throw optionsInvalid(
    'signIn',
    `\`factor\` must be ${names.map((name) => `'${name}'`).join(' or ')}: by another name what signed in could be the second factor, too.`,
  );
}

/** Two letters of a short name are another name: HOTP is no TOTP. */
function isSlip(letters: string, type: FactorType): boolean {
  return type.length > 4 && distance(letters, type.toLowerCase()) <= 2;
}
