import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readBlocks } from './blocks.ts';

const ROOT = join(__dirname, '../..');
const READERS = join(__dirname, 'readers.ts');
const CONFIG = {
  extends: join(ROOT, 'tsconfig.json'),
  compilerOptions: {
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: {
      'express-mfa': [join(ROOT, 'lib/index.ts')],
      'express-mfa/*': [join(ROOT, 'lib/*.ts')],
      readers: [READERS],
    },
    // A block ends where its reader goes on.
    noUnusedLocals: false,
  },
  include: ['*.ts'],
};

/**
 * What the compiler says of the blocks in TypeScript as they stand, pasted into modules of an app that
 * has the reader's own: each error begins with the name of its block.
 */
export function blockErrors(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'readme-types-'));
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    write('package.json', JSON.stringify({ type: 'module' }));
    write('tsconfig.json', JSON.stringify(CONFIG));
    for (const { language, name, code } of readBlocks())
      if (language === 'ts') write(`${name}.ts`, `${code}\n${ownOf(code)}`);
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    const { status, stdout, stderr } = spawnSync(tsc, ['-p', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Declares the reader's own, but for what a block declares or imports itself. */
function ownOf(code: string): string {
  const names = [...readFileSync(READERS, 'utf8').matchAll(/^ {2}(\w+)[:(]/gm)].map(
    ([, name = '']) => name,
  );
  return [
    `import type { Readers } from 'readers';`,
    ...names
      .filter(
        (name) => !new RegExp(`^(const ${name}\\b|import .*\\b${name}\\b.* from)`, 'm').test(code),
      )
      .map((name) => `declare const ${name}: Readers['${name}'];`),
  ].join('\n');
}
