import { catalogueOf } from '../../lib/wording/catalogue-of.ts';
import { directionOf } from '../../lib/wording/direction-of.ts';
import { LANGUAGES } from '../../lib/wording/languages.ts';

describe.each(LANGUAGES)('the texts in %s', (language) => {
  it('are found by their language', async () => {
    const { codes } = await catalogueOf(language);
    expect(codes.subject('Acme')).toContain('Acme');
  });

  it('are written the way of their script', () => {
    const names = new Intl.DisplayNames(language, { type: 'language' });
    const arabic = /\p{Script=Arabic}/u.test(names.of(language) ?? '');
    expect(directionOf(language)).toBe(arabic ? 'rtl' : 'ltr');
  });
});

describe('the texts of a language', () => {
  const loaded = () =>
    Object.keys(require.cache).flatMap((file) => /wording\/(\w\w)\.ts$/.exec(file)?.[1] ?? []);

  it('are loaded when they are first asked for, and English alone before', async () => {
    jest.resetModules();
    await import('../../lib/index.ts');
    expect(loaded()).toEqual(['en']);
    const fresh = await import('../../lib/wording/catalogue-of.ts');
    await fresh.catalogueOf('de');
    expect(loaded()).toEqual(['en', 'de']);
  });
});
