import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { rootDir } from './files.ts';

/** One file to plant, by its path in the project, and its text. */
export interface Planted {
  readonly file: string;
  readonly code: string;
}

/** Lints `files` under the project's own rules, elsewhere; answers the rules broken, by file. */
export function lint(files: readonly Planted[]): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'express-mfa-lint-'));
  try {
    for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) {
      cpSync(path.join(rootDir, name), path.join(folder, name));
    }
    symlinkSync(path.join(rootDir, 'node_modules'), path.join(folder, 'node_modules'));
    for (const { file, code } of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), code);
    }
    return brokenRules(folder, files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly diagnostics: readonly { readonly filename: string; readonly code: string }[];
}

function brokenRules(folder: string, files: readonly Planted[]): Map<string, readonly string[]> {
  const oxlint = path.join(rootDir, 'node_modules', '.bin', 'oxlint');
  const { stdout } = spawnSync(oxlint, ['--format', 'json'], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as Report;
  const rulesOf = (file: string): string[] =>
    diagnostics.filter(({ filename }) => filename === file).map(({ code }) => code);
  return new Map(files.map(({ file }) => [file, [...new Set(rulesOf(file))]]));
}
