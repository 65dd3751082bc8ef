import fc from 'fast-check';

import { languageFor } from '../../lib/wording/language-for.ts';
import { LANGUAGES } from '../../lib/wording/languages.ts';
import { anyText } from '../support/any-text.ts';

describe('the language for somebody', () => {
  it.each([
    ['nothing', [], 'en'],
    ['a region', ['en-GB'], 'en'],
    ['capitals', ['EN-us'], 'en'],
    ['a language that is not spoken', ['tlh'], 'en'],
    ['a region of another', ['de-AT'], 'de'],
    ['a script and a region', ['zh-Hant-TW'], 'zh'],
    ['another region', ['pt-PT'], 'pt'],
    ['the first of two', ['de', 'en'], 'de'],
    ['the first that is spoken', ['tlh', 'x-private', 'de-Latn-CH-1996'], 'de'],
    ['what comes after twenty', [...Array<string>(20).fill('tlh'), 'de'], 'en'],
  ])('is found for %s', (_what, wanted, language) => {
    expect(languageFor(wanted)).toBe(language);
  });

  it.each([
    '',
    '*',
    '-',
    'e',
    'english',
    '__proto__',
    'constructor',
    '../en',
    'en_US',
    'en\0',
    'en\r\nx: y',
    ' en',
    `en${'-a'.repeat(17)}`,
  ])('is that of the next tag when one is nonsense: %j', (nonsense) => {
    expect(languageFor([nonsense, 'de'])).toBe('de');
  });

  it('is one that is spoken, whatever is wanted', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (wanted) => {
        expect(LANGUAGES).toContain(languageFor(wanted));
      }),
    );
  });
});
