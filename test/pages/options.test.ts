import { randomBytes } from 'node:crypto';

import { createMfa, MfaError } from '../../lib/index.ts';
import type { PagesOptions } from '../../lib/index.ts';
import { addUser } from '../support/story.ts';
import { startSite } from './site.ts';
import type { PagesSite } from './site.ts';

type Spoken = readonly [string, PagesOptions['locale'], string, string];

const pagesOf = (options: unknown) =>
  createMfa({
    issuer: 'Acme',
    keys: [randomBytes(32)],
    users: { findById: () => null, findByEmail: () => null, verifyPassword: () => false },
  }).pages(options as PagesOptions);

describe('the options of the pages', () => {
  it.each<readonly [unknown, string]>([
    [null, '`options` must be an object'],
    ['/security', '`options` must be an object'],
    [{ brand: null }, '`brand` must be an object'],
    [{ pth: '/x' }, 'there is no option `pth`. Did you mean `path`?'],
    [{ brand: { nmae: 'x' } }, 'there is no option `brand.nmae`. Did you mean `brand.name`?'],
    [
      { brand: { colors: { acent: '#fff' } } },
      'there is no option `brand.colors.acent`. Did you mean `brand.colors.accent`?',
    ],
    [{ path: 'security' }, '`path` must be a path of the app itself'],
    [{ path: '/security/' }, '`path` must be a path of the app itself'],
    [{ path: '/security?x' }, '`path` must be a path of the app itself'],
    [{ login: 'https://evil.example/login' }, '`login` must be a path of the app itself'],
    [{ login: '//evil.example' }, '`login` must be a path of the app itself'],
    [{ home: '' }, '`home` must be a path of the app itself'],
    [{ brand: { logo: 'https://cdn.example/logo.svg' } }, '`brand.logo` must be a path'],
    [{ brand: { name: '' } }, '`brand.name` must be a name of 1 to 64 characters'],
    [{ brand: { colors: { accent: 'red;}' } } }, '`brand.colors.accent` must be '],
    [{ brand: { colors: { accent: ['#000', '#fff', '#fff'] } } }, '`brand.colors.accent` must be '],
    [{ locale: 'not a tag' }, '`locale` must be a BCP 47 tag'],
    [{ locale: 7 }, '`locale` must be a BCP 47 tag'],
  ])('%j are refused by name', (options, message) => {
    expect(() => pagesOf(options)).toThrow(MfaError);
    expect(() => pagesOf(options)).toThrow(`pages: ${message}`);
  });

  describe('that are given', () => {
    let site: PagesSite;
    const open = async (pages: PagesOptions, languages?: string) => {
      site = await startSite({ pages });
      const reader = await site.reader(addUser(site), languages);
      await reader.open('/security');
      return reader;
    };
    afterEach(() => site.close());

    it('put the name and the logo of the app on every page', async () => {
      const { page } = await open({ brand: { name: 'Bank & Sons', logo: '/logo.svg' } });
      expect(page.text).toContain('Bank & Sons');
      expect(page.html).toContain('<img src="/logo.svg" alt height="32"/>');
      expect(page.html).toContain('<title>Security – Bank &amp; Sons</title>');
    });

    it.each<readonly [PagesOptions['brand'], string]>([
      [{ colors: { accent: '#fd0' } }, ':root{--accent:#fd0;--on-accent:#000000}'],
      [{ colors: { accent: '#0b3d2e' } }, ':root{--accent:#0b3d2e;--on-accent:#ffffff}'],
      [
        { colors: { accent: ['#000080', '#aaccff'], text: '#111111' } },
        '@media (prefers-color-scheme:dark){:root{--accent:#aaccff;--on-accent:#000000;--text:#111111}}',
      ],
    ])('make a style sheet of the colors %j', async (brand, css) => {
      const reader = await open({ brand });
      const [file = ''] = /\/security\/assets\/[\da-f]+\.css/.exec(reader.page.html) ?? [];
      expect((await reader.open(file)).html).toContain(css);
    });

    it.each([
      ['de-AT,de;q=0.9', undefined, 'de', 'ltr'],
      ['ar', undefined, 'ar', 'rtl'],
      ['xx', undefined, 'en', 'ltr'],
      ['de', 'fr', 'fr', 'ltr'],
      ['de', () => 'ja-JP', 'ja', 'ltr'],
      ['de', () => undefined, 'de', 'ltr'],
      ['de', () => '"><script>', 'en', 'ltr'],
    ] as readonly Spoken[])(
      'speak for a browser that wants %s',
      async (wanted, locale, lang, dir) => {
        const { page } = await open(locale === undefined ? {} : { locale }, wanted);
        expect(page.html).toContain(`<html lang="${lang}" dir="${dir}">`);
      },
    );

    it.each<readonly [string, () => unknown]>([
      ['throws', () => JSON.parse('password=hunter2')],
      ['rejects', async () => Promise.reject(new Error('away'))],
      ['answers a promise', async () => 'fr'],
      ['answers a number', () => 7],
    ])('speak as the browser wants where `locale` %s, and tell the host', async (_how, locale) => {
      const { page } = await open({ locale: locale as () => string }, 'de');
      expect(page.html).toContain('<html lang="de" dir="ltr">');
      expect(site.events.find(({ type }) => type === 'fault')?.error).toMatchObject({
        code: 'host_callback_failed',
        message: expect.stringContaining('`locale` of the pages must answer') as string,
      });
    });

    it('speak as the browser wants where `locale` answers nothing', async () => {
      const { page } = await open({ locale: () => null as unknown as undefined }, 'de');
      expect(page.html).toContain('<html lang="de" dir="ltr">');
      expect(site.events.filter(({ type }) => type === 'fault')).toEqual([]);
    });

    it('lead on where the app says, when nothing else was asked for', async () => {
      const reader = await open({ login: undefined, home: '/start' });
      expect(reader.page.html).toContain('<a class="brand" href="/start">');
      await reader.press('Sign out');
      expect(reader.page.path).toBe('/start');
    });
  });
});
