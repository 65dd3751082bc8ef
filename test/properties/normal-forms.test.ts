import fc from 'fast-check';

import type { Parse } from '../../lib/core/factor.ts';
import { normalizeCrockford } from '../../lib/factors/crockford.ts';
import { digits } from '../../lib/factors/digits.ts';
import { email } from '../../lib/factors/email.ts';
import { readPhoneNumber } from '../../lib/factors/phone-number.ts';
import { recoveryCodes } from '../../lib/factors/recovery-codes.ts';
import { authenticatorName, bodyAs, newPhone, passwordSession } from '../../lib/http/schemas.ts';
import { anyText } from '../support/any-text.ts';
import { runs } from './runs.ts';

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));
const typed = (characters: string, maxLength = 30) =>
  fc.string({ unit: oneOf(characters), maxLength });
const spaced = (inner: fc.Arbitrary<string>) => {
  const space = typed(' \t\n\u00a0\u2003\ufeff', 3);
  return fc.tuple(space, inner, space).map((parts) => parts.join(''));
};

/** What is read is read again as itself; how many of the texts were readable at all. */
function twice<T>(
  parse: Parse<T>,
  texts: fc.Arbitrary<unknown>,
  again: (value: T) => unknown,
): number {
  let read = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const once = parse(text);
      if (!once.ok) return;
      read += 1;
      expect(parse(again(once.value))).toEqual(once);
    }),
    runs(500),
  );
  return read;
}

describe('what was brought into its one form stays as it is', () => {
  it('as a code of digits', () => {
    const texts = fc.oneof(typed('0123456789 -'), anyText(30));
    expect(twice(digits, texts, (value) => value)).toBeGreaterThan(0);
  });

  it('as a recovery code, for any text at all', () => {
    const { answer } = recoveryCodes({ tries: 5 });
    const texts = fc.oneof(typed('0123456789abcilouzABCILOUZ -', 40), anyText(30));
    expect(twice(answer, texts, (value) => value)).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'grapheme' })), (text) => {
        const once = normalizeCrockford(text);
        expect(normalizeCrockford(once)).toBe(once);
      }),
      runs(500),
    );
  });

  it('as a name, a login or a number in a body', () => {
    const parse = <T extends Parameters<typeof bodyAs>[0]>(schema: T): Parse<object> => {
      return (body) => {
        const read = bodyAs(schema, body);
        return 'value' in read
          ? { ok: true, value: read.value as object }
          : { ok: false, message: read.reason };
      };
    };
    const names = spaced(fc.string({ unit: 'grapheme', maxLength: 10 })).map((name) => ({ name }));
    const logins = spaced(anyText(30)).map((text) => ({ email: text, password: ' p ' }));
    const numbers = spaced(typed('0123456789', 12).map((text) => `+1${text}`)).map((phone) => ({
      phone,
      password: ' p ',
    }));
    expect(twice(parse(authenticatorName), names, (body) => body)).toBeGreaterThan(0);
    expect(twice(parse(passwordSession), logins, (body) => body)).toBeGreaterThan(0);
    expect(twice(parse(newPhone), numbers, (body) => body)).toBeGreaterThan(0);
  });

  it('as an e-mail address', () => {
    const { input } = email({ tries: 5, digits: 6, ttlMs: 60_000 });
    const addresses = spaced(
      fc.tuple(typed('abAB.+', 5), typed('abAB', 5)).map(([one, two]) => `${one}@${two}.example`),
    ).map((text) => ({ email: text }));
    expect(twice(input, addresses, (body) => body)).toBeGreaterThan(0);
  });

  it('[DEL-5] [A39] as a phone number, of which there is one form only', async () => {
    const written = fc.oneof(
      anyText(30),
      typed('0123456789 ().-+', 33).map((text) => `+${text}`),
      fc
        .tuple(fc.integer({ min: 4_151_000_000, max: 4_159_999_999 }), typed(' .-()', 3))
        .map(([number, gap]) => `+1${gap}${number}`),
    );
    let read = 0;
    await fc.assert(
      fc.asyncProperty(written, async (text) => {
        const once = await readPhoneNumber(text, 'all');
        if (!once.ok) return;
        read += 1;
        expect(once.number).toMatch(/^\+[1-9]\d{4,14}$/);
        expect(await readPhoneNumber(once.number, 'all')).toEqual(once);
      }),
      runs(500),
    );
    expect(read).toBeGreaterThan(0);
  });
});
