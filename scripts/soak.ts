import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals: patterns } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    delays: { type: 'string', default: '0,5,50' },
  },
});
const runs = Number(values.runs);
const delays = values.delays.split(',').map(Number);
if (!(runs >= 1) || !delays.every((ms) => ms >= 0)) {
  throw new TypeError('Expected --runs 20 --delays 0,5,50 and, if not all, patterns of suites.');
}

const rootDir = path.join(import.meta.dirname, '..');
const rows: Row[] = [];
for (let run = 1; run <= runs; run += 1) {
  const { failed, said, ...row } = soak(run, delays[(run - 1) % delays.length] ?? 0);
  rows.push(row);
  console.log(
    `run ${run} of ${runs}, Redis ${row.delayMs} ms away: ${row.tests}, ${row.seconds} s`,
  );
  // One run that counts other tests than the first has left some out without a word.
  const differs = row.tests !== rows[0]?.tests;
  if (!failed && !differs) continue;
  process.stderr.write(said);
  console.log(failed ? `run ${run} FAILED` : `run ${run} counts other tests than run 1`);
  process.exitCode = 1;
  break;
}
console.table(rows);

interface Row {
  readonly run: number;
  readonly delayMs: number;
  readonly tests: string;
  readonly seconds: number;
}

/** One run of the suites, with the Redis that they share so far away. */
function soak(
  run: number,
  delayMs: number,
): Row & { readonly failed: boolean; readonly said: string } {
  const started = Date.now();
  // What takes 30 s at most with Redis at hand may take longer at a distance, mostly waiting.
  const workers = `--maxWorkers=${(delayMs < 20 ? 2 : 4) * availableParallelism()}`;
  const limitMs = Math.max(120_000, 8_000 * delayMs);
  const patience = delayMs > 0 ? [`--testTimeout=${limitMs}`, workers] : [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', ...patience, ...patterns],
    {
      cwd: rootDir,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, MFA_REQUIRE_REDIS: '1', MFA_TEST_REDIS_DELAY_MS: String(delayMs) },
    },
  );
  return {
    run,
    delayMs,
    tests: stdout.trim().split('\n').at(-1) ?? '',
    seconds: Math.round((Date.now() - started) / 1000),
    failed: status !== 0,
    said: stderr,
  };
}
