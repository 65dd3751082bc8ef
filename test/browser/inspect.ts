import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Page } from 'playwright-core';

const SCRIPT = readFileSync(path.join(__dirname, 'inspect.js'), 'utf8');

/** What is wrong with how a page is laid out at its present size, and which targets are too small. */
export async function inspect(
  page: Page,
): Promise<{ readonly layout: readonly string[]; readonly small: readonly string[] }> {
  return page.evaluate(SCRIPT);
}
