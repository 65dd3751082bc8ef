import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const MAJORS = [20, 22, 24];

const rootDir = path.join(import.meta.dirname, '..');
const results = MAJORS.map(runOn);

console.table(Object.fromEntries(results.map(({ node, ...columns }) => [node, columns])));
process.exitCode = results.every(({ result }) => result === 'passed') ? 0 : 1;

function runOn(major: number) {
  const node = fetchNode(major);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\nNode ${version}`);
  const started = Date.now();
  const { status, stdout } = spawnSync(node, ['node_modules/jest/bin/jest.js'], {
    cwd: rootDir,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const counts = stdout.trim().split('\n').at(-1) ?? '';
  console.log(counts);
  return {
    node: version,
    result: status === 0 ? 'passed' : 'FAILED',
    tests: counts,
    seconds: Math.round((Date.now() - started) / 1000),
  };
}

/** A Node of that major from npm's own packages, kept between runs. */
function fetchNode(major: number): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(rootDir, 'node_modules', '.cache', 'node', `${major}`);
  const file = path.join(folder, 'node_modules', name, 'bin', 'node');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--no-save', '--silent', `${name}@${major}`],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
  }
  return file;
}
