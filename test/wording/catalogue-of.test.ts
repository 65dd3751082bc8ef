import { catalogueOf } from '../../lib/wording/catalogue-of.ts';
import { directionOf } from '../../lib/wording/direction-of.ts';
import { LANGUAGES } from '../../lib/wording/languages.ts';

describe.each(LANGUAGES)('the texts in %s', (language) => {
  it('are found by their language', async () => {
    const { codes } = await catalogueOf(language);
    expect(codes.subject('Acme')).toContain('Acme');
  });

  it('are written the way of their script', () => {
    const arabic = /\p{Script=Arabic}/u.test(
      new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? '',
    );
    expect(directionOf(language)).toBe(arabic ? 'rtl' : 'ltr');
  });
});
