import type { Browser, BrowserContextOptions } from 'playwright-core';

import { launchBrowser } from '../support/browser-harness.ts';
import { startPagesHost } from './pages-host.ts';
import type { PagesHost } from './pages-host.ts';
import { newVisitor } from './visitor.ts';
import type { Visitor } from './visitor.ts';

/** What every test of a suite has: one browser and one host for all of them, a visitor for each. */
export interface Stage {
  readonly browser: Browser;
  readonly host: PagesHost;
  readonly visitor: Visitor;
}

/** Sets a suite's stage; each test ends with the question whether its visitor had any trouble. */
export function setStage(
  context: BrowserContextOptions = {},
  start: () => Promise<PagesHost> = startPagesHost,
): Stage {
  let browser: Browser | undefined;
  let host: PagesHost | undefined;
  let visitor: Visitor | undefined;
  const ready = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The stage is set only within tests.');
    return value;
  };
  // A page takes a tenth of a second, and ten times as long where many suites run beside it.
  jest.setTimeout(120_000);
  beforeAll(async () => {
    host = await start();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });
  beforeEach(async () => {
    visitor = await newVisitor(ready(browser), ready(host), context);
  });
  afterEach(async () => {
    await visitor?.context.close();
    expect(visitor?.troubles).toEqual([]);
  });
  return {
    get browser() {
      return ready(browser);
    },
    get host() {
      return ready(host);
    },
    get visitor() {
      return ready(visitor);
    },
  };
}
