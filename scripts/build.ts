import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { compile, tool } from './compile.ts';

const rootDir = path.join(import.meta.dirname, '..');

compile(rootDir, rootDir);

const folder = mkdtempSync(path.join(tmpdir(), 'express-mfa-build-'));
try {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: rootDir,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [name = ''] = readdirSync(folder);
  const tarball = path.join(folder, name);
  tool(rootDir, 'publint', ['run', '--strict', tarball]);
  tool(rootDir, 'attw', ['--profile', 'node16', tarball]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
