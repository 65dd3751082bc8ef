import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { startPagesHost } from '../test/browser/pages-host.ts';
import { newVisitor } from '../test/browser/visitor.ts';
import { walk } from '../test/browser/walk.ts';
import { launchBrowser } from '../test/support/launch-browser.ts';

/** Pictures of every page: `npm run screenshots`, or `npm run screenshots -- --locale ar --locale ja`. */
const { locale: locales } = parseArgs({
  options: { locale: { type: 'string', multiple: true, default: ['en'] } },
}).values;

const SIZES = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
const folder = path.join(import.meta.dirname, '..', 'reports', 'screenshots');

const [browser, host] = await Promise.all([launchBrowser(), startPagesHost()]);
try {
  for (const locale of locales) await takeAll(locale);
} finally {
  await Promise.all([browser.close(), host.close()]);
}
console.log(`Written to ${folder}`);

async function takeAll(locale: string): Promise<void> {
  const to = path.join(folder, locale);
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
}
