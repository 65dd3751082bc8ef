import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Compiles lib/ into `dist/esm` and `dist/cjs` under `target`, replacing what was there. */
export function compile(rootDir: string, target: string): void {
  const dist = path.join(target, 'dist');
  rmSync(dist, { recursive: true, force: true });
  for (const format of ['esm', 'cjs']) {
    tool(rootDir, 'tsc', ['-p', `tsconfig.${format}.json`, '--outDir', path.join(dist, format)]);
  }
  mkdirSync(path.join(dist, 'cjs'), { recursive: true });
  // The package is a module; without this Node would read the CommonJS build as one, too.
  writeFileSync(path.join(dist, 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
}

/** Runs one of the project's own command line tools and shows what it prints. */
export function tool(rootDir: string, name: string, args: readonly string[]): void {
  execFileSync(path.join(rootDir, 'node_modules', '.bin', name), args, {
    cwd: rootDir,
    stdio: 'inherit',
  });
}
