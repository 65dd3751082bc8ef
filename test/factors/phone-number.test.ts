import fc from 'fast-check';

import { readPhoneNumber } from '../../lib/factors/phone-number.ts';
import type { Countries } from '../../lib/factors/phone-number.ts';
import { anyText } from '../support/any-text.ts';

const FORM = 'The phone number must be in E.164 form, such as +14155552671.';
const NONE = 'There is no such phone number.';
const COUNTRY = 'Messages are not sent to phone numbers of this country.';
const KIND = 'Messages are not sent to phone numbers of this kind.';

describe('readPhoneNumber', () => {
  it.each([
    ['+14155552671', '+14155552671'],
    ['+1 415 555 2671', '+14155552671'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['+1-415-555-2671', '+14155552671'],
    ['+1.415.555.2671', '+14155552671'],
    ['+49 (0)151 23456789', '+4915123456789'],
    ['+49 151 23456789', '+4915123456789'],
    ['+39 312 345 6789', '+393123456789'],
    ['+55 21 96123-4567', '+5521961234567'],
  ])('[DEL-5] [A39] reads %s as %s', async (written, number) => {
    expect(await readPhoneNumber(written, 'all')).toMatchObject({ ok: true, number });
  });

  it('[DEL-5] reads 32 characters and not one more', async () => {
    const spaced = (length: number): string => `+1${' '.repeat(length - 12)}4155552671`;
    expect(await readPhoneNumber(spaced(32), 'all')).toMatchObject({ number: '+14155552671' });
    expect(await readPhoneNumber(spaced(33), 'all')).toEqual({ ok: false, message: FORM });
  });

  it.each([
    ['with 00 for the plus', '0014155552671', FORM],
    ['with 011 for the plus', '01114155552671', FORM],
    ['with the plus and 00', '+0014155552671', NONE],
    ['in national form', '(415) 555-2671', FORM],
    ['in national form with a 0', '0151 23456789', FORM],
    ['without the plus', '14155552671', FORM],
    ['with two pluses', '++14155552671', FORM],
    ['with a plus inside', '+1415+5552671', FORM],
    ['with an extension', '+14155552671 ext. 5', FORM],
    ['with an extension by x', '+14155552671x5', FORM],
    ['with an extension by #', '+14155552671#5', FORM],
    ['with an extension as RFC 3966 has it', '+14155552671;ext=5', FORM],
    ['with a pause', '+14155552671,,5', FORM],
    ['with letters', '+1415555CODE', FORM],
    ['as a URI', 'tel:+14155552671', FORM],
    ['as an SMS URI', 'sms:+14155552671', FORM],
    ['with a context', 'tel:5552671;phone-context=+1415', FORM],
    ['with a full-width plus', '＋14155552671', FORM],
    ['with full-width digits', '+１４１５５５５２６７１', FORM],
    ['with Arabic-Indic digits', '+١٤١٥٥٥٥٢٦٧١', FORM],
    ['with one Devanagari digit', '+1415555267१', FORM],
    ['with a right-to-left mark', '\u200f+14155552671', FORM],
    ['with a right-to-left override', '+1\u202e4155552671', FORM],
    ['with a zero-width space', '+1\u200b4155552671', FORM],
    ['with a no-break space', '+1\u00a0415\u00a05552671', FORM],
    ['with a tab', '+1\t4155552671', FORM],
    ['with a line break at the end', '+14155552671\n', FORM],
    ['with a header behind it', '+14155552671\r\nX: y', FORM],
    ['with NUL', '+14155552671\0', FORM],
    ['with a space before it', ' +14155552671', FORM],
    ['that is two', '+14155552671/+14155552672', FORM],
    ['that is two with a comma', '+14155552671,+14155552672', FORM],
    ['that is empty', '', FORM],
    ['that is a plus', '+', FORM],
    ['of signs only', '+ () - .', NONE],
    ['that is too short', '+1415', NONE],
    ['that is too long', '+141555526711111', NONE],
    ['of more than 15 digits', '+1234567890123456', NONE],
    ['of 10 kB', `+1${'4'.repeat(10_240)}`, FORM],
    ['of 10 kB of spaces', `+1${' '.repeat(10_240)}4155552671`, FORM],
    ['of a country code that does not exist', '+999123456789', NONE],
  ])('[DEL-5] [A39] refuses a number %s', async (_what, text, message) => {
    expect(await readPhoneNumber(text, 'all')).toEqual({ ok: false, message });
  });

  it.each([
    ['a premium number of the US', '+19005551234'],
    ['a premium number of Germany', '+499001234567'],
    ['a premium number of France', '+33899123456'],
    ['a service number of Great Britain', '+448701234567'],
    ['a toll-free number of the US', '+18005551234'],
    ['a toll-free number of Germany', '+498001234567'],
    ['a pager of Switzerland', '+41740123456'],
    ['a number of a company everywhere in Argentina', '+548101234567'],
    ['a voice mailbox of Switzerland', '+41860123456789'],
    ['a shared-cost number', '+4918012345'],
    ['a landline of Great Britain', '+442079460958'],
    ['a landline of Germany', '+493012345678'],
    ['a landline of Italy', '+390612345678'],
    ['a personal number, which passes the call on at the cost of the caller', '+447012345678'],
  ])('[DEL-3] [A41] refuses %s', async (_what, text) => {
    expect(await readPhoneNumber(text, 'all')).toEqual({ ok: false, message: KIND });
  });

  it.each([
    ['Inmarsat', '+870773123456'],
    ['a satellite', '+881612345678'],
    ['an international network', '+883510012345678'],
    ['international premium rate', '+979123456789'],
    ['international freephone', '+80012345678'],
  ])('[DEL-3] [A41] refuses a number of no country: %s', async (_what, text) => {
    expect(await readPhoneNumber(text, 'all')).toEqual({ ok: false, message: COUNTRY });
  });

  describe('[DEL-3] keeps to the countries that are listed', () => {
    it.each<readonly [string, string, Countries, boolean]>([
      ['Germany', '+4915123456789', ['DE'], true],
      ['Germany', '+4915123456789', ['FR', 'DE'], true],
      ['Germany', '+4915123456789', ['US'], false],
      ['Germany', '+4915123456789', [], false],
      ['the US', '+14155552671', ['US'], true],
      ['the US, which shares its code with Canada', '+14155552671', ['CA'], false],
      ['Canada, which shares its code with the US', '+14165550123', ['US'], false],
      ['Jamaica, which shares its code with the US', '+18762101234', ['US'], false],
      ['Great Britain', '+447400123456', ['GB'], true],
      ['Guernsey, which shares its code with Great Britain', '+447911123456', ['GB'], false],
      ['Guernsey', '+447911123456', ['GG'], true],
      ['Jersey', '+447797123456', ['GB'], false],
      ['Vatican City, which shares its code with Italy', '+393123456789', ['VA'], false],
      ['Kazakhstan, which shares its code with Russia', '+77012345678', ['RU'], false],
    ])('a number of %s (%s) with %j: %s', async (_where, text, countries, ok) => {
      const read = await readPhoneNumber(text, countries);
      expect(read).toMatchObject(ok ? { ok: true, number: text } : { ok: false, message: COUNTRY });
    });

    it('and takes a number whose country is unknown for none of them', async () => {
      const fiction = '+447700900123';
      expect(await readPhoneNumber(fiction, ['GB'])).toEqual({ ok: false, message: COUNTRY });
    });
  });

  it('[A39] never throws, and gives each number one form that reads as itself', async () => {
    const written = fc.oneof(
      anyText(40),
      fc
        .string({ unit: fc.constantFrom(...Array.from('0123456789 ().-+')), maxLength: 33 })
        .map((s) => `+${s}`),
      fc.integer({ min: 4_151_000_000, max: 4_159_999_999 }).map((n) => `+1 ${n}`),
    );
    const forms = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(written, async (text) => {
        const read = await readPhoneNumber(text, 'all');
        if (!read.ok) return;
        expect(read.number).toMatch(/^\+[1-9]\d{4,14}$/);
        expect(await readPhoneNumber(read.number, 'all')).toEqual(read);
        forms.set(text, read.number);
      }),
      { numRuns: 500 },
    );
    expect(forms.size).toBeGreaterThan(0);
  });

  it('[DEL-5] counts in the same bucket whatever spaces and signs stand between the digits', async () => {
    const gaps = fc.array(fc.constantFrom('', ' ', '-', '.', ' - '), {
      minLength: 11,
      maxLength: 11,
    });
    await fc.assert(
      fc.asyncProperty(gaps, async (between) => {
        const text = `+${Array.from('14155552671', (digit, at) => digit + (at === 10 ? '' : between[at])).join('')}`;
        const read = await readPhoneNumber(text, 'all');
        const expected =
          text.length > 32 ? { ok: false, message: FORM } : { ok: true, number: '+14155552671' };
        expect(read).toMatchObject(expected);
      }),
    );
  });
});
