import fc from 'fast-check';

import { directionOf } from '../../lib/wording/direction-of.ts';
import { LANGUAGES } from '../../lib/wording/languages.ts';
import { mailHtml } from '../../lib/wording/mail-html.tsx';

const MAIL = {
  language: 'en',
  subject: 'Your Acme code',
  paragraphs: ['271828 is your Acme code.', 'It is good for 5 minutes.', 'Change it.'],
  code: '271828',
} as const;

/** Every tag that the template has, with its attributes; a text that became markup would be more. */
const OWN = tagsOf(mailHtml(MAIL));

describe('the HTML of a mail', () => {
  it('is made by what is loaded when it is first needed', async () => {
    jest.resetModules();
    await import('../../lib/index.ts');
    expect(Object.keys(require.cache).filter((file) => file.includes('mail-html'))).toEqual([]);
  });

  it('says the words of the mail, and no other', () => {
    const html = mailHtml(MAIL);
    expect(wordsOf(html)).toEqual([MAIL.subject, ...MAIL.paragraphs]);
    const { code: _code, ...notice } = MAIL;
    expect(wordsOf(mailHtml(notice))).toEqual(wordsOf(html));
  });

  it('shows the code large, in one piece that is selected at once', () => {
    const [, style, inside] = /<strong style="([^"]*)">(.*?)<\/strong>/.exec(mailHtml(MAIL)) ?? [];
    expect(inside).toBe('271828');
    expect(style).toMatch(/font:700 32px/);
    expect(style).toMatch(/(?:^|;)user-select:all/);
  });

  it.each(LANGUAGES)(
    'says that it is in %s, also to who drops what is around the body',
    (language) => {
      const html = mailHtml({ ...MAIL, language });
      const marks = `lang="${language}" dir="${directionOf(language)}"`;
      expect(html).toContain(`<html ${marks}>`);
      expect(html).toContain(`<div ${marks} `);
    },
  );

  it('fetches nothing, links nowhere, runs nothing and sets no color', () => {
    const html = mailHtml(MAIL);
    expect(html).toMatch(/^<!doctype html><html /);
    expect(html).not.toMatch(/<(?:a|img|link|script|style|form|iframe|object|svg)\b/i);
    expect(html).not.toMatch(/\b(?:src|href|on\w+|action|background)=|url\(|@import|https?:|\/\//i);
    expect(html).not.toMatch(/(?:^|[^-])color:(?!\s*light)|#[0-9a-f]{3}/i);
  });

  it('[A38] [DEL-7] takes nothing that is put into it for markup', () => {
    const hostile = '</title></p><img src=x onerror=alert(1)>&lt;script&gt; "\'`{{7*7}}';
    const paragraphs = [`271828 ${hostile}`, hostile, hostile];
    const html = mailHtml({ ...MAIL, subject: hostile, paragraphs });
    expect(tagsOf(html)).toEqual(OWN);
    expect(wordsOf(html)).toEqual([hostile, ...paragraphs]);
  });

  it('[A38] holds the same tags, whatever is said', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.stringMatching(/^\d{6}$/), (subject, text, code) => {
        const paragraphs = [`${code} ${text}`, text, text];
        expect(tagsOf(mailHtml({ ...MAIL, subject, paragraphs, code }))).toEqual(OWN);
      }),
    );
  });
});

function tagsOf(html: string): readonly string[] {
  return html.match(/<[^>]*>/g) ?? [];
}

/** What is read of it: the title, and each paragraph. */
function wordsOf(html: string): readonly string[] {
  return [...html.matchAll(/<(title|p)>(.*?)<\/\1>/gs)].map(([, , inside = '']) =>
    inside
      .replace(/<[^>]*>/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&'),
  );
}
