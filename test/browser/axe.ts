import { readFileSync } from 'node:fs';

import type { Page } from 'playwright-core';

const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// Its third, of enhanced contrast, is left out unless it is asked for by name.
const COLORS = ['color-contrast', 'link-in-text-block'];

/**
 * The rules of axe that a page breaks, and where. Where a page was looked at and nothing but its
 * colors has changed since, those about colors say all that is new.
 */
export async function axe(page: Page, rules: 'all' | 'colors' = 'all'): Promise<readonly string[]> {
  // To bring it into a page takes longer than to run it there.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(SOURCE);
  const runOnly = rules === 'colors' ? COLORS : undefined;
  const options = { iframes: false, resultTypes: ['violations'], runOnly };
  return page.evaluate(`axe.run(${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' at ' + target.join(' '))))`);
}
