import { gzipSync } from 'node:zlib';

import type { Browser, Page } from 'playwright-core';

import { describeWithBrowser, launchBrowser } from '../support/browser-harness.ts';
import { axe } from './axe.ts';
import { inspect } from './inspect.ts';
import { startPagesHost } from './pages-host.ts';
import type { PagesHost } from './pages-host.ts';
import { Pictures, shown } from './pictures.ts';
import { newVisitor } from './visitor.ts';
import type { Visitor } from './visitor.ts';
import { walk } from './walk.ts';

const PAGES = [
  'settings-new',
  'set-up',
  'set-up-app',
  'set-up-app-key',
  'set-up-app-wrong',
  'recovery-codes',
  'recovery-codes-shown',
  'set-up-phone',
  'set-up-phone-refused',
  'set-up-phone-sent',
  'settings',
  'manage',
  'recovery-codes-again',
  'challenge-app',
  'challenge-wrong',
  'challenge-send',
  'challenge-sent',
  'challenge-recovery',
  'challenge-locked',
  'not-found',
];
/** In the order in which the walk comes to them, which is that of the README's picture. */
const PICTURED = ['set-up-app-key', 'settings', 'challenge-sent'];
const MAX_BYTES = 30 * 1024;
const FILES = `[...document.querySelectorAll('link[rel=stylesheet], script[src], img[src]')]
  .map((element) => element.href || element.src).filter((url) => url.startsWith(location.origin))`;
interface Head {
  readonly title: string;
  readonly lang: string;
  readonly dir: string;
  readonly viewport?: string;
  readonly headings: number;
  readonly first: string | null;
}
const HEAD = `({
  title: document.title,
  lang: document.documentElement.lang,
  dir: document.documentElement.dir,
  viewport: document.querySelector('meta[name=viewport]')?.content,
  headings: [...document.querySelectorAll('h1')].filter((one) => one.checkVisibility()).length,
  first: document.body.firstElementChild.getAttribute('href'),
})`;
const DESKTOP = { width: 1280, height: 900 };

describeWithBrowser.each([
  ['from left to right', 'en'],
  ['from right to left', 'ar'],
])('each ready page, in each of its states, %s', (_title, locale) => {
  let browser: Browser;
  let host: PagesHost;
  let visitor: Visitor;
  const found = new Map<string, Record<string, readonly string[]>>();
  const pictures = new Pictures('pages', { width: 390, height: 740 });
  const sizes = new Map<string, number>();
  const findings = (check: string): readonly string[] =>
    [...found].flatMap(([name, checks]) =>
      (checks[check] ?? ['not checked']).map((what) => `${name}: ${what}`),
    );

  // One walk for all checks: what takes time is to get to a page.
  beforeAll(async () => {
    [browser, host] = await Promise.all([launchBrowser(), startPagesHost()]);
    visitor = await newVisitor(browser, host, { viewport: DESKTOP, locale });
    await visitor.page.addInitScript(
      `addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective))`,
    );
    await walk(visitor, async (name, page) => {
      found.set(name, await check(page));
      if (locale === 'en' && PICTURED.includes(name)) await pictures.take(page);
    });
  }, 180_000);
  afterAll(() => Promise.all([browser.close(), host.close()]));

  it('is looked at', () => {
    expect([...found.keys()]).toEqual(PAGES);
  });

  it('asks for nothing from another host, and has neither errors nor anything that its policy blocks', () => {
    expect(visitor.troubles).toEqual([]);
  });

  it('has no violation of the rules of axe in light, nor in dark of those about colors', () => {
    expect([...findings('light'), ...findings('dark')]).toEqual([]);
  });

  it('fits 320 pixels without scrolling sideways, and loses nothing', () => {
    expect(findings('narrow')).toEqual([]);
  });

  it('loses nothing with text of twice the size, not even at 320 pixels', () => {
    expect([...findings('large'), ...findings('both')]).toEqual([]);
  });

  it('has targets of 24 by 24 pixels at least', () => {
    expect(findings('small')).toEqual([]);
  });

  it('has a title, a language, a viewport, one heading and a way to skip to the content', () => {
    expect(findings('head')).toEqual([]);
  });

  it('weighs 30 KB at most, compressed, with its style and script', () => {
    expect(findings('weight')).toEqual([]);
  });

  if (locale === 'en') {
    it('is pictured for the README, where one of those is', async () => {
      expect(await pictures.write(browser)).toEqual(shown('pages'));
    });
  }

  async function check(page: Page): Promise<Record<string, readonly string[]>> {
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await axe(page, 'colors');
    const large = await inspectLarge(page);
    await page.setViewportSize({ width: 320, height: 640 });
    const { layout: narrow, small } = await inspect(page);
    const both = await inspectLarge(page);
    await page.setViewportSize(DESKTOP);
    const [head, weight] = [await headOf(page), await weightOf(page)];
    return { light, dark, narrow, small, large, both, head, weight };
  }

  async function headOf(page: Page): Promise<readonly string[]> {
    const { title, lang, dir, viewport, headings, first } = (await page.evaluate(HEAD)) as Head;
    const problems = {
      title: !/^.+ – Acme$/.test(title),
      lang: lang !== locale,
      direction: dir !== (locale === 'ar' ? 'rtl' : 'ltr'),
      viewport: !viewport?.includes('width=device-width'),
      heading: headings !== 1,
      skip: first !== '#main',
    };
    return Object.entries(problems).flatMap(([what, isWrong]) => (isWrong ? [what] : []));
  }

  async function weightOf(page: Page): Promise<readonly string[]> {
    const urls = (await page.evaluate(FILES)) as string[];
    const files = await Promise.all(urls.map((url) => sizeOf(page, url)));
    const total = files.reduce((sum, size) => sum + size, compressed(await page.content()));
    return files.length === 2 && total <= MAX_BYTES
      ? []
      : [`${files.length} files, ${total} bytes`];
  }

  /** Their addresses say what is in them, so that one look at each is enough. */
  async function sizeOf(page: Page, url: string): Promise<number> {
    const size = sizes.get(url) ?? compressed(await (await page.request.get(url)).body());
    sizes.set(url, size);
    return size;
  }
});

async function inspectLarge(page: Page): Promise<readonly string[]> {
  await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
  const { layout } = await inspect(page);
  await page.evaluate(`document.documentElement.removeAttribute('style')`);
  return layout;
}

function compressed(file: string | Buffer): number {
  return gzipSync(file).length;
}
