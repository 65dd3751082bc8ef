import { maxLength, nonEmpty, pipe, regex, string, transform } from 'valibot';

import { parse } from './parse.ts';

/**
 * A code as people type it: ASCII digits with spaces or hyphens between. Anything else is refused
 * before a store is asked; `\d` without the `u` flag matches ASCII only, so look-alike digits
 * of other scripts do not pass (attacks A33, A34).
 */
export const digits = parse(
  pipe(
    string(),
    maxLength(64),
    regex(/^[\d -]+$/),
    transform((text) => text.replace(/[ -]/g, '')),
    nonEmpty(),
  ),
  'The code must be a string of decimal digits.',
);
