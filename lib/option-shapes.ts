import {
  custom,
  integer,
  maxValue,
  minValue,
  number,
  optional,
  pipe,
  regex,
  strictObject,
  string,
} from 'valibot';
import type { ObjectEntries } from 'valibot';

const numeral = (min: number, max: number, expected: string) =>
  pipe(number(expected), minValue(min, expected), maxValue(max, expected));
const whole = (min: number, max: number) => {
  const expected = `must be a whole number from ${min} to ${max}`;
  return pipe(numeral(min, max, expected), integer(expected));
};

/** The shapes of options; each says what it expected. */
export const shapes = {
  whole,

  ms: (initial: number, min: number, max: number) => optional(whole(min, max), initial),

  share: (initial: number) => optional(numeral(0, 1, 'must be a number from 0 to 1'), initial),

  text: (pattern: RegExp, expected: string) =>
    pipe(string(`must be ${expected}`), regex(pattern, `must be ${expected}`)),

  fn: <T>(expected: string) =>
    custom<T>((value) => typeof value === 'function', `must be a function: ${expected}`),

  having: <T>(expected: string, ...methods: readonly string[]) =>
    custom<T>(
      (value) => methods.every((method) => hasMethod(value, method)),
      `must be ${expected}`,
    ),

  shape: <E extends ObjectEntries>(entries: E) =>
    strictObject(entries, ({ expected }) => {
      if (expected === 'never') return 'is no option';
      return expected === 'Object' ? 'must be an object' : 'is missing';
    }),
} as const;

function hasMethod(value: unknown, method: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>)[method] === 'function'
  );
}
