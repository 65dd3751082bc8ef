import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import globalSetup from '../test/support/global-setup.ts';
import globalTeardown from '../test/support/global-teardown.ts';

interface Area {
  readonly mutate: readonly string[];
  /** The suites of `test/` that must notice, as globs without `.test.ts`. */
  readonly suites: readonly string[];
  readonly redis: boolean;
}

/** What holds guards, `check()` and the host's session; the other suites take minutes a mutant. */
const HTTP = [
  'guard',
  'check',
  'answering',
  'host-session',
  'session',
  'session-saved',
  'hostile-host',
  'hosting',
  'passport',
].map((name) => `http/${name}`);

/** The contract of the stores is with them for the rules that stores ask of core: who makes room for whom. */
const CORE = ['core/*', 'core/commands/*', 'stores/memory', 'properties/*'];

/** What a host asks of commands that no browser reaches, and what it is told. */
const COMMANDS = [...CORE, 'http/end-sessions', 'http/erase', 'http/factor-events'];

/**
 * Without the Cluster and the failover, which run the same verbs through servers that take seconds to start
 * or to fail over. The quick ones come first, for the first that fails is enough.
 */
const STORES = [
  'in-budget',
  'signature',
  'warnings',
  'redis-answers',
  'redis-options',
  'redis-replies',
  'redis-data',
  'redis-cost',
  'memory',
  'signed',
  'redis',
  'split',
  'redis-replicas',
  'redis-restored',
  'redis-faults',
  'split-faults',
].map((name) => `stores/${name}`);

const AREAS: Readonly<Record<string, Area>> = {
  crypto: { mutate: ['lib/crypto/**/*.ts'], suites: ['crypto/*'], redis: false },
  factors: { mutate: ['lib/factors/**/*.ts'], suites: ['factors/*'], redis: false },
  http: {
    mutate: ['guard', 'answering', 'examine', 'check', 'host-session'].map(
      (name) => `lib/http/${name}.ts`,
    ),
    suites: HTTP,
    redis: false,
  },
  stores: { mutate: ['lib/stores/**/*.ts'], suites: STORES, redis: true },
  core: { mutate: ['lib/core/*.ts'], suites: CORE, redis: false },
  commands: { mutate: ['lib/core/commands/*.ts'], suites: COMMANDS, redis: false },
};

const rootDir = path.join(import.meta.dirname, '..');
const reports = path.join(rootDir, 'reports', 'mutation');
const [flags, named] = [true, false].map((flag) =>
  process.argv.slice(2).filter((argument) => argument.startsWith('--') === flag),
) as [string[], string[]];

mkdirSync(reports, { recursive: true });
const results: Awaited<ReturnType<typeof run>>[] = [];
for (const name of named.length > 0 ? named : Object.keys(AREAS)) results.push(await run(name));
console.table(Object.fromEntries(results.map(({ area, ...columns }) => [area, columns])));
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

/** Mutates one area; further flags, such as `--incremental`, go to Stryker. */
async function run(name: string) {
  const area = AREAS[name];
  if (!area) throw new Error(`There is no area ${name}: take ${Object.keys(AREAS).join(', ')}.`);
  // Both, for the area before may have wanted it otherwise.
  process.env['MFA_REQUIRE_REDIS'] = area.redis ? '1' : '';
  process.env['MFA_TEST_REDIS'] = area.redis ? '' : 'off';
  await globalSetup({ rootDir });
  try {
    return { area: name, ...(await mutate(name, area)) };
  } finally {
    await globalTeardown();
  }
}

async function mutate(name: string, area: Area) {
  const report = path.join(reports, `${name}.json`);
  rmSync(report, { force: true });
  const stryker = spawn(
    process.execPath,
    [
      'node_modules/@stryker-mutator/core/bin/stryker.js',
      'run',
      '--mutate',
      area.mutate.join(','),
      '--incrementalFile',
      path.join(reports, `${name}-incremental.json`),
      ...flags,
    ],
    {
      cwd: rootDir,
      stdio: 'inherit',
      env: {
        ...process.env,
        MUTATION_REPORT: report,
        MUTATION_SUITES: area.suites.join(' '),
      },
    },
  );
  const [status] = (await once(stryker, 'exit')) as [number | null];
  if (!existsSync(report)) {
    process.stderr.write(`Stryker left no report of ${name}: what it says above is why.\n`);
    return { passed: false };
  }
  return { ...countsOf(report), passed: status === 0 };
}

function countsOf(report: string) {
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly files: Readonly<Record<string, { readonly mutants: readonly { status: string }[] }>>;
  };
  const all = Object.values(files).flatMap(({ mutants }) => mutants);
  const count = (status: string): number => all.filter((m) => m.status === status).length;
  const [killed, timeout] = [count('Killed'), count('Timeout')];
  const [survived, uncovered] = [count('Survived'), count('NoCoverage')];
  const valid = killed + timeout + survived + uncovered;
  const score = Number(((100 * (killed + timeout)) / valid).toFixed(2));
  return {
    mutants: all.length,
    killed,
    timeout,
    survived,
    uncovered,
    broken: all.length - valid,
    score,
  };
}
