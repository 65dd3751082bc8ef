import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

import { findChromium } from './chromium-binary.ts';

/** The one browser of a file of tests; each test opens a context of its own in it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium: use describeWithBrowser.');
  // Chromium refuses its sandbox to root, which is who runs in most containers.
  const chromiumSandbox = process.getuid?.() !== 0;
  const args = ['--disable-dev-shm-usage', '--disable-gpu'];
  return chromium.launch({ executablePath, chromiumSandbox, args });
}
