import type { Page } from 'playwright-core';

/** Does what opens another page, and waits until it is there: none that goes on by itself. */
export async function leave(page: Page, act: () => Promise<void>): Promise<void> {
  const loaded = page.waitForEvent('load');
  await act();
  await loaded;
  await page.locator('meta[http-equiv=refresh]').waitFor({ state: 'detached' });
  await page.waitForLoadState();
}
