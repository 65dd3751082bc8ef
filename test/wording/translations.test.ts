import { catalogueOf } from '../../lib/wording/catalogue-of.ts';
import { en } from '../../lib/wording/en.ts';
import { LANGUAGES } from '../../lib/wording/languages.ts';
import type { Language } from '../../lib/wording/languages.ts';
import { SAMPLES, textsOf } from './texts.ts';
import type { Text } from './texts.ts';

/** What is written the same in English and in another language. */
const SAME: Readonly<Partial<Record<Language, readonly string[]>>> = {
  de: ['Code', 'Name', 'Name (optional)'],
  fr: ['Code', '2 minutes', '90 minutes'],
  nl: ['Code'],
};

const SCRIPTS: Readonly<Partial<Record<Language, RegExp>>> = {
  ja: /\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Han}/u,
  zh: /\p{Script=Han}/u,
  ar: /\p{Script=Arabic}/u,
  hi: /\p{Script=Devanagari}/u,
};

const NARROW =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][,.;:!?()]|[,.;:!?()][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** What is wrong typography in a language. */
const WRONG: Readonly<Partial<Record<Language, RegExp>>> = {
  // A space that no line breaks at, before these signs.
  fr: /[^\u00a0\u202f][;:!?»]|«[^\u00a0\u202f]|'/,
  es: /^[^¿]*\?|^[^¡]*!/,
  ja: NARROW,
  zh: NARROW,
  ar: /[,;?]|[\u0660-\u0669]/,
  hi: /\.(?:\s|$)|[\u0966-\u096f]/,
};

const english = new Map(textsOf(en).map(({ path, text }) => [path, text]));

describe.each(LANGUAGES)('the texts in %s', (language) => {
  let texts: readonly Text[];
  const where = (faulty: (text: string) => boolean) =>
    texts.filter(({ text }) => faulty(String(text))).map(({ path, text }) => ({ path, text }));

  beforeAll(async () => {
    texts = textsOf(await catalogueOf(language));
  });

  it('are all there, and no more', () => {
    expect(texts.map(({ path }) => path)).toEqual([...english.keys()]);
    expect(texts.filter(({ text }) => typeof text !== 'string')).toEqual([]);
    expect(where((text) => text.trim() === '' || text !== text.trim())).toEqual([]);
    expect(where((text) => /undefined|\bnull\b|NaN|#| {2}|\$\{|\n/.test(text))).toEqual([]);
  });

  it('hold what is put into them', () => {
    const lost = texts.filter(({ text, put }) => !put.every((one) => String(text).includes(one)));
    expect(lost).toEqual([]);
  });

  it('hold no markup, no link and no address', () => {
    expect(where((text) => /[<>&]|https?:\/|www\.|@/.test(text))).toEqual([]);
  });

  it('are written in its script and by its rules', () => {
    const script = SCRIPTS[language] ?? /\p{Script=Latin}/u;
    expect(where((text) => !script.test(text))).toEqual([]);
    const wrong = WRONG[language] ?? /$^/;
    expect(where((text) => wrong.test(text))).toEqual([]);
  });
});

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the texts in %s', (language) => {
  it('are not those in English', async () => {
    const left = textsOf(await catalogueOf(language)).filter(
      ({ path, text }) => english.get(path) === text && !SAME[language]?.includes(String(text)),
    );
    expect(left).toEqual([]);
  });
});

describe('the texts in Arabic', () => {
  const { issuer, text: sample, code } = SAMPLES;

  it('keep names, addresses and numbers in their own direction', async () => {
    const texts = textsOf(await catalogueOf('ar')).map(({ text }) => String(text));
    const all = texts.join('\n').replaceAll(/\u2068[^\u2068\u2069\n]*\u2069/g, '');
    expect(all).not.toMatch(/[\u2066-\u2069\u200e\u200f]/);
    expect(all).not.toContain(issuer);
    const [willSend] = all.match(/^.*سنرسل.*$/m) ?? [];
    expect(willSend).not.toContain(sample);
    expect(all).not.toMatch(/\+\d/);
  });

  it('hold a code as it is, with nothing around it that would be copied', async () => {
    const { codes } = await catalogueOf('ar');
    expect(codes.what(code, issuer, 'prove')).toMatch(/^271828 /);
  });
});
