import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The folder of the project itself. */
export const rootDir = path.join(__dirname, '..', '..');

/** The files below `folder`, sorted, with forward slashes and relative to it. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}
