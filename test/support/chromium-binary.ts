import { accessSync, constants } from 'node:fs';
import path from 'node:path';

// The shell is Chromium without its windows: the same pages in two thirds of the time.
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** The Chromium of `CHROMIUM_BIN`, or else of the PATH; undefined when there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_BIN'] ?? '';
  if (named !== '') return isExecutable(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((f) => f !== '');
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(
    isExecutable,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
