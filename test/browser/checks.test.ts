import { gzipSync } from 'node:zlib';

import type { Browser, Page } from 'playwright-core';

import { describeWithBrowser, launchBrowser } from '../support/browser-harness.ts';
import { axe } from './axe.ts';
import { inspect } from './inspect.ts';
import { startPagesHost } from './pages-host.ts';
import type { PagesHost } from './pages-host.ts';
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
const MAX_BYTES = 30 * 1024;
const FILES = `[...document.querySelectorAll('link[rel=stylesheet], script[src], img[src]')]
  .map((element) => element.href || element.src).filter((url) => url.startsWith(location.origin))`;
const DESKTOP = { width: 1280, height: 900 };

describeWithBrowser.each([
  ['from left to right', 'en', ['light', 'dark']],
  ['from right to left', 'ar', ['light']],
] as const)('each ready page, in each of its states, %s', (_title, locale, schemes) => {
  let browser: Browser;
  let host: PagesHost;
  let visitor: Visitor;
  const found = new Map<string, Record<string, readonly string[]>>();
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
    });
  }, 180_000);
  afterAll(() => Promise.all([browser.close(), host.close()]));

  it('is looked at', () => {
    expect([...found.keys()]).toEqual(PAGES);
  });

  it('asks for nothing from another host, and has neither errors nor anything that its policy blocks', () => {
    expect(visitor.troubles).toEqual([]);
  });

  it.each(schemes)('has no violation of the rules of axe in %s', (scheme) => {
    expect(findings(scheme)).toEqual([]);
  });

  it('fits 320 pixels without scrolling sideways, and loses nothing', () => {
    expect(findings('narrow')).toEqual([]);
  });

  it('loses nothing with text of twice the size', () => {
    expect(findings('large')).toEqual([]);
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

  async function check(page: Page): Promise<Record<string, readonly string[]>> {
    const checks: Record<string, readonly string[]> = {};
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      checks[colorScheme] = await axe(page);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const { layout: narrow, small } = await inspect(page);
    await page.setViewportSize(DESKTOP);
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    const { layout: large } = await inspect(page);
    return { ...checks, narrow, small, large, head: await head(page), weight: await weight(page) };
  }

  async function head(page: Page): Promise<readonly string[]> {
    const viewport = await page.getAttribute('meta[name=viewport]', 'content');
    const problems = {
      title: !/^.+ – Acme$/.test(await page.title()),
      lang: (await page.getAttribute('html', 'lang')) !== locale,
      direction: (await page.getAttribute('html', 'dir')) !== (locale === 'ar' ? 'rtl' : 'ltr'),
      viewport: !viewport?.includes('width=device-width'),
      heading: (await page.getByRole('heading', { level: 1 }).count()) !== 1,
      skip: (await page.locator('body > :first-child').getAttribute('href')) !== '#main',
    };
    return Object.entries(problems).flatMap(([what, isWrong]) => (isWrong ? [what] : []));
  }
});

async function weight(page: Page): Promise<readonly string[]> {
  const urls = (await page.evaluate(FILES)) as string[];
  const files = await Promise.all(urls.map(async (url) => (await page.request.get(url)).body()));
  const bytes = [Buffer.from(await page.content()), ...files].map((file) => gzipSync(file).length);
  const total = bytes.reduce((sum, size) => sum + size);
  return files.length === 2 && total <= MAX_BYTES ? [] : [`${files.length} files, ${total} bytes`];
}
