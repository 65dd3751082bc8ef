import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import type { Browser } from 'playwright-core';

import { startPagesHost } from '../test/browser/pages-host.ts';
import type { PagesHost } from '../test/browser/pages-host.ts';
import { newVisitor } from '../test/browser/visitor.ts';
import { walk } from '../test/browser/walk.ts';
import { launchBrowser } from '../test/support/launch-browser.ts';

/**
 * Pictures of every page: `npm run screenshots`, or `npm run screenshots -- --locale ar --locale ja`.
 * With `--readme` it takes none, and puts those that the tests have made last into docs/images.
 */
const { locale: locales, readme } = parseArgs({
  options: {
    locale: { type: 'string', multiple: true, default: ['en'] },
    readme: { type: 'boolean', default: false },
  },
}).values;

const SIZES = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
const rootDir = path.join(import.meta.dirname, '..');
const reports = path.join(rootDir, 'reports');

if (readme) {
  cpSync(path.join(reports, 'readme-images'), path.join(rootDir, 'docs', 'images'), {
    recursive: true,
  });
} else {
  const [browser, host] = await Promise.all([launchBrowser(), startPagesHost()]);
  try {
    for (const locale of locales) await takeAll(browser, host, locale);
  } finally {
    await Promise.all([browser.close(), host.close()]);
  }
}

async function takeAll(browser: Browser, host: PagesHost, locale: string): Promise<void> {
  const to = path.join(reports, 'screenshots', locale);
  mkdirSync(to, { recursive: true });
  const visitor = await newVisitor(browser, host, { locale });
  await walk(visitor, async (name, page) => {
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const file = path.join(to, `${name}-${size}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
    }
  });
  await visitor.context.close();
  console.log(`Written to ${to}`);
}
