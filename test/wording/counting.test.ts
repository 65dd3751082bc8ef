import { catalogueOf } from '../../lib/wording/catalogue-of.ts';
import type { Language } from '../../lib/wording/languages.ts';

const MINUTES: readonly (readonly [Language, readonly string[]])[] = [
  ['en', ['1 second', '2 seconds', '2 minutes', '2 hours']],
  ['de', ['1 Sekunde', '2 Sekunden', '2 Minuten', '2 Stunden']],
];

describe('a length of time', () => {
  it.each(MINUTES)('is counted right in %s', async (language, expected) => {
    const { wait } = (await catalogueOf(language)).pages.common;
    expect([1, 2, 120, 7200].map(wait)).toEqual(expected);
  });

  it('is never said to be shorter than it is', async () => {
    const { wait } = (await catalogueOf('en')).pages.common;
    expect([0.2, 119, 121, 5399, 5401].map(wait)).toEqual([
      '1 second',
      '119 seconds',
      '3 minutes',
      '90 minutes',
      '2 hours',
    ]);
  });
});
