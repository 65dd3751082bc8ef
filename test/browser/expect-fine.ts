import type { Page } from 'playwright-core';

import { axe } from './axe.ts';
import { inspect } from './inspect.ts';

/** Light and dark by the rules of axe, and nothing lost at 320 pixels. */
export async function expectFine(page: Page): Promise<void> {
  const at = page.url();
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.emulateMedia({ colorScheme: 'light' });
  expect([at, 'light', await axe(page)]).toEqual([at, 'light', []]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect([at, 'dark', await axe(page, 'colors')]).toEqual([at, 'dark', []]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect([at, (await inspect(page)).layout]).toEqual([at, []]);
  await page.setViewportSize(size);
}
