import { distance } from 'fastest-levenshtein';
import { check, pipe } from 'valibot';

import type { Users } from './core/users.ts';
import { shapes } from './option-shapes.ts';

const OPTIONAL = ['hashPassword', 'updatePhone', 'mayText'] as const satisfies (keyof Users)[];

/**
 * The host's users: three functions, and three more that may be left out. It may be a repository
 * with methods of its own, but for what is nearly one of these: a `mayTxt` that nobody ever asked
 * would let every SMS go.
 */
export const usersSchema = pipe(
  shapes.having<Users>(
    'an object with findById, findByEmail and verifyPassword',
    'findById',
    'findByEmail',
    'verifyPassword',
  ),
  check(
    (users) => slipIn(users) === undefined,
    ({ input }) => String(slipIn(input)),
  ),
);

/** What is wrong with the functions that may be left out, if anything. */
function slipIn(users: Users): string | undefined {
  const names = namesOf(users);
  for (const meant of OPTIONAL) {
    const given: unknown = users[meant];
    if (typeof given === 'function') continue;
    if (given !== undefined) return `must have a function as \`${meant}\`, or leave it out`;
    const near = names.find((name) => isSlip(name, meant));
    if (near !== undefined)
      return `has \`${near}\`, which is never called: name it \`${meant}\`, or leave it out`;
  }
  return undefined;
}

/** Those of its classes, too, whose methods no loop over an object shows. */
function namesOf(users: object): readonly string[] {
  const names: string[] = [];
  for (let from: object | null = users; from; from = Object.getPrototypeOf(from) as object | null)
    names.push(...Object.getOwnPropertyNames(from));
  return names;
}

/** A letter or two left out, added or swapped. Two others in their place are another word: `updatePhoto`. */
function isSlip(name: string, meant: string): boolean {
  const slips = distance(name, meant);
  const letters = (text: string): string => Array.from(text).toSorted().join('');
  const isOther = name.length === meant.length && letters(name) !== letters(meant);
  return slips === 1 || (slips === 2 && !isOther);
}
