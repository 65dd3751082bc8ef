import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { rootDir } from './files.ts';

/** Runs `code` as the main module of `project` and answers the lines that it printed. */
export function runModule(project: string, code: string): readonly string[] {
  writeFileSync(path.join(project, 'main.js'), code);
  const printed = execFileSync(process.execPath, ['main.js'], { cwd: project, encoding: 'utf8' });
  return printed.split('\n').filter((line) => line !== '');
}

/** Installs a package that does nothing but print `loaded <name>` when it is. */
export function plantTripwire(project: string, name: string): void {
  const folder = path.join(project, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
  writeFileSync(path.join(folder, 'index.js'), `console.log('loaded ${name}');`);
}

/** Compiles modules in `project`, at once and as strictly as a user may, and answers the errors by module. */
export function typeErrors(
  project: string,
  modules: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> {
  const files = Object.keys(modules).map((name) => `${name}.ts`);
  for (const [name, code] of Object.entries(modules))
    writeFileSync(path.join(project, `${name}.ts`), code);
  const tsc = path.join(rootDir, 'node_modules', '.bin', 'tsc');
  const options = '--noEmit --strict --module nodenext --target es2022 --types node';
  const { stdout } = spawnSync(tsc, [...options.split(' '), '--skipLibCheck', 'false', ...files], {
    cwd: project,
    encoding: 'utf8',
  });
  const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
  const whose = (line: string): string =>
    Object.keys(modules).find((name) => line.startsWith(`${name}.ts`)) ?? 'elsewhere';
  return Object.fromEntries(
    [...Object.keys(modules), 'elsewhere'].map((name) => [
      name,
      errors.filter((line) => whose(line) === name),
    ]),
  );
}
