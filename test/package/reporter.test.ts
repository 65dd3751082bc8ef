import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { rootDir } from './files.ts';

const PASSES = "it('passes', () => expect(1).toBe(1));";
const FAILS = "it('fails', () => expect(1).toBe(2));";
const SKIPS = "it.skip('skips', () => {}); it.todo('waits');";
const DOES_NOT_LOAD = "require('./nowhere.js');";
const DOES_NOT_END_WELL = `${PASSES} afterAll(() => { throw new Error('late'); });`;

/** The last line of a run of jest over one suite for each text, and whether it succeeded. */
function lastLine(...suites: readonly string[]): { line: string | undefined; ok: boolean } {
  const folder = mkdtempSync(path.join(tmpdir(), 'express-mfa-reporter-'));
  try {
    const reporters = ['default', path.join(rootDir, 'test', 'support', 'reporter.cjs')];
    const manifest = JSON.stringify({ jest: { reporters, transform: {} } });
    writeFileSync(path.join(folder, 'package.json'), manifest);
    suites.forEach((text, index) => writeFileSync(path.join(folder, `${index}.test.js`), text));
    const jest = path.join(rootDir, 'node_modules', '.bin', 'jest');
    const command = `"${jest}" --runInBand --no-cache 2>&1`;
    const { stdout, status } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    return { line: stdout.trimEnd().split('\n').at(-1), ok: status === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the last line of a run', () => {
  it('counts what passed', () => {
    expect(lastLine(PASSES, PASSES)).toEqual({ line: '2 passed, 0 failed', ok: true });
  });

  it('counts what was skipped or is still to do', () => {
    expect(lastLine(PASSES, SKIPS)).toEqual({ line: '1 passed, 0 failed, 2 skipped', ok: true });
  });

  it('counts a failed test, a suite that does not load and a hook that throws as failed', () => {
    const suites = [PASSES, FAILS, DOES_NOT_LOAD, DOES_NOT_END_WELL];
    expect(lastLine(...suites)).toEqual({ line: '2 passed, 3 failed', ok: false });
  });
});
