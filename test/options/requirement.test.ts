import { createMfa } from '../../lib/index.ts';
import type { Requirement } from '../../lib/index.ts';
import { BASE } from './base.ts';

describe('what a guard asks for', () => {
  const mfa = createMfa(BASE);

  it.each<readonly [object, string]>([
    [{ maxAge: 300 }, 'there is no option `maxAge`. Did you mean `maxAgeMs`?'],
    [{ enroled: true }, 'there is no option `enroled`. Did you mean `enrolled`?'],
    [{ AAL: 2 }, 'there is no option `AAL`.'],
    [{ aal: 3 }, '`aal` must be 2.'],
    [{ aal: '2' }, '`aal` must be 2.'],
    [{ aal: null }, '`aal` must be 2.'],
    [{ enrolled: 'no' }, '`enrolled` must be true or false.'],
    [{ maxAgeMs: 300 }, '`maxAgeMs` must be a whole number from 1000 to 31622400000.'],
    [{ maxAgeMs: NaN }, '`maxAgeMs` must be a whole number from 1000 to 31622400000.'],
    [{ maxAgeMs: '300000' }, '`maxAgeMs` must be a whole number from 1000 to 31622400000.'],
  ])(
    '%j is an error when the guard is made, so that no route stays open by a slip',
    async (given, text) => {
      const wrong = { code: 'options_invalid', message: `requireAllFactors: ${text}` };
      expect(() => mfa.requireAllFactors(given as Requirement)).toThrow(
        expect.objectContaining(wrong),
      );
      await expect(mfa.check({} as never, given as Requirement)).rejects.toMatchObject(wrong);
    },
  );

  it.each([null, 5, 'aal'])('%j is none', (given) => {
    expect(() => mfa.requireAllFactors(given as unknown as Requirement)).toThrow(
      'requireAllFactors: `requirement` must be an object.',
    );
  });

  it.each<Requirement>([
    {},
    { aal: 2, maxAgeMs: 300_000, enrolled: true },
    { aal: undefined, maxAgeMs: undefined, enrolled: undefined },
  ])('%j is fine', (given) => {
    expect(mfa.requireAllFactors(given)).toBeInstanceOf(Function);
  });
});
