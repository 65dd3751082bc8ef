import { findChromium } from './chromium-binary.ts';

const HINT = 'install chromium, or set CHROMIUM_BIN';

/** Says once a run, and loudly, when there is no browser; a run that must have one ends here. */
export default function globalBrowserSetup(): void {
  if (findChromium() !== undefined) return;
  if (process.env['CI'] === 'true' || process.env['MFA_REQUIRE_BROWSER'] === '1') {
    throw new Error(`No Chromium was found and this run requires one: ${HINT}.`);
  }
  process.stderr.write(`\n*** NO BROWSER: every suite that needs one is SKIPPED (${HINT}) ***\n\n`);
}
