import { findChromium } from './chromium-binary.ts';

export { launchBrowser } from './launch-browser.ts';

/** `describe`, or `describe.skip` when this machine has no Chromium. */
export const describeWithBrowser: jest.Describe =
  findChromium() === undefined ? describe.skip : describe;
