import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { startPagesHost } from '../test/browser/pages-host.ts';
import { newVisitor } from '../test/browser/visitor.ts';
import { walk } from '../test/browser/walk.ts';
import { launchBrowser } from '../test/support/launch-browser.ts';

/**
 * Pictures of every page: `npm run screenshots`, or `npm run screenshots -- --locale ar --locale ja`.
 * With `--readme`, the two of docs/images as well: three pages side by side, in light and in dark.
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
const folder = path.join(rootDir, 'reports', 'screenshots');
/** In the order in which a user gets to see them. */
const SHOWN = ['set-up-app-key', 'challenge-sent', 'settings'];
const SCHEMES = ['light', 'dark'] as const;

const [browser, host] = await Promise.all([launchBrowser(), startPagesHost()]);
try {
  for (const locale of locales) await takeAll(locale);
  if (readme) await Promise.all(SCHEMES.map(sideBySide));
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
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const file = path.join(to, `${name}-${size}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
    }
  });
  await visitor.context.close();
}

/** The tops of three pages on a phone, as one picture. */
async function sideBySide(colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  const images = SHOWN.map((name) => {
    const file = path.join(folder, locales[0] ?? 'en', `${name}-phone-${colorScheme}.png`);
    const url = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
    return `<div style="background: url(${url}) top"></div>`;
  });
  const page = await browser.newPage({ viewport: { width: 1230, height: 760 } });
  await page.setContent(`<style>
    body { margin: 0; display: flex; gap: 20px; padding: 10px; }
    div { width: 390px; height: 740px; border-radius: 18px; outline: 1px solid #8888; }
  </style>${images.join('')}`);
  const to = path.join(rootDir, 'docs', 'images', `pages-${colorScheme}.png`);
  await page.screenshot({ path: to, omitBackground: true });
  await page.close();
}
