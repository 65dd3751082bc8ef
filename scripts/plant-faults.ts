import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Which fault each attack must catch, by the name of its patch in `test/attacks/faults`. */
const PLANTED: readonly (readonly [attack: string, fault: string])[] = [
  ['a01', 'tries-without-limit'],
  ['a02', 'code-accepted-again'],
  ['a03', 'answer-settled-on-what-was-read'],
  ['a04', 'no-cool-down'],
  ['a04', 'live-codes-unlimited'],
  ['a05', 'tries-without-limit'],
  ['a06', 'enrollment-overwritten'],
  ['a07', 'no-cool-down'],
  ['a08', 'foreign-challenge-told-apart'],
  ['a09', 'challenge-of-any-session'],
  ['a10', 'last-pointer-remembered'],
  ['a11', 'enrollment-passes-as-proof'],
  ['a12', 'newest-challenge-whatever-its-id'],
  ['a13', 'key-from-a-client'],
  ['a14', 'unverified-number-vouched'],
  ['a15', 'mailbox-confirms-itself'],
  ['a15', 'refused-factor-not-told'],
  ['a15', 'mail-changes-an-app'],
  ['a16', 'locked-factor-forgotten'],
  ['a17', 'undelivered-taken-for-sent'],
  ['a18', 'pending-session-lets-in'],
  ['a19', 'challenge-not-consumed'],
  ['a20', 'race-not-judged-again'],
  ['a21', 'switch-completes-everything'],
  ['a21', 'vouched-keeps-a-thief'],
  ['a22', 'unknown-user-told'],
  ['a22', 'expired-challenge-told'],
  ['a23', 'nobody-costs-nothing'],
  ['a24', 'taken-address-told'],
  ['a25', 'session-id-kept'],
  ['a26', 'pointer-kept-at-elevation'],
  ['a26', 'logout-leaves-the-record'],
  ['a26', 'logout-by-the-secret-alone'],
  ['a26', 'answer-outlives-its-session'],
  ['a27', 'pointer-kept-at-elevation'],
  ['a28', 'pending-session-lets-in'],
  ['a29', 'exempt-by-text'],
  ['a30', 'head-and-options-pass'],
  ['a31', 'check-takes-half-a-session'],
  ['a31', 'guards-read-first'],
  ['a32', 'any-key-in-a-body'],
  ['a33', 'code-made-a-text'],
  ['a34', 'digits-normalized'],
  ['a35', 'query-read-as-body'],
  ['a36', 'body-without-limit'],
  ['a36', 'answers-over-the-host'],
  ['a37', 'control-characters-in-a-name'],
  ['a38', 'name-in-a-message'],
  ['a38', 'mail-not-escaped'],
  ['a39', 'number-as-typed'],
  ['a40', 'any-mailbox'],
  ['a41', 'limits-not-asked'],
  ['a41', 'conversion-not-looked-at'],
  ['a41', 'no-network-of-a-caller'],
  ['a42', 'limits-not-asked'],
  ['a43', 'limits-not-asked'],
  ['a43', 'strangers-told-without-end'],
  ['a44', 'one-count-for-all-devices'],
  ['a44', 'sign-in-forgets-the-device'],
  ['a44', 'oldest-session-goes'],
  ['a44', 'recovery-codes-locked'],
  ['a45', 'right-code-judged-while-locked'],
  ['a46', 'no-hard-cap'],
  ['a47', 'forwarded-header-believed'],
  ['a47', 'no-network-of-a-caller'],
  ['a47', 'ipv6-not-grouped'],
  ['a48', 'no-replay-check'],
  ['a49', 'used-step-not-saved'],
  ['a49', 'answer-not-in-the-database'],
  ['a50', 'only-the-last-step-refused'],
  ['a51', 'guard-opens-in-an-outage'],
  ['a51', 'outage-taken-for-accepted'],
  ['a52', 'stalled-redis-waited-for'],
  ['a52', 'no-budget-of-a-request'],
  ['a53', 'answer-not-in-the-database'],
  ['a53', 'facts-believed-for-ever'],
  ['a53', 'no-replica-waited-for'],
  ['a54', 'eviction-policy-not-told'],
  ['a54', 'enrollment-that-expires'],
  ['a55', 'compared-without-counting'],
  ['a55', 'forgotten-script-not-sent-anew'],
  ['a56', 'signature-not-verified'],
  ['a56', 'older-facts-believed'],
  ['a56', 'challenge-decided-by-its-head'],
  ['a57', 'newest-key-opens-alone'],
  ['a59', 'device-of-anyone'],
  ['a60', 'session-id-kept'],
  ['a61', 'cause-of-a-transport-kept'],
  ['a62', 'answers-may-be-cached'],
  ['a63', 'pages-may-be-framed'],
  ['a64', 'returns-wherever-it-says'],
  ['a65', 'any-site-may-change'],
  ['a65', 'forms-of-any-site'],
  ['a66', 'any-site-may-change'],
  ['a66', 'signed-in-again'],
  ['a67', 'authenticator-by-id-alone'],
  ['a68', 'forget-keeps-what-is-bound'],
  ['a69', 'authenticator-remembered'],
  ['a72', 'slow-hash-per-attempt'],
  ['a74', 'header-for-testers'],
  ['a74', 'code-for-testers'],
  ['a75', 'any-user-of-a-lookup'],
];

const rootDir = path.join(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const copy = mkdtempSync(path.join(tmpdir(), 'express-mfa-faults-'));
try {
  for (const name of ['test', 'jest.config.ts', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(rootDir, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(rootDir, 'node_modules'), path.join(copy, 'node_modules'));
  const chosen = PLANTED.filter(([attack]) => wanted.length === 0 || wanted.includes(attack));
  const results = chosen.map(([attack, fault]) => {
    const { caught, by, said } = plant(attack, fault);
    console.log(`${attack} ${fault}: ${caught ? 'caught by' : 'NOT CAUGHT:'} ${by}${said}`);
    return { attack, fault, caught };
  });
  console.table(results);
  process.exitCode = results.length > 0 && results.every(({ caught }) => caught) ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

interface Result {
  readonly caught: boolean;
  /** The titles of the tests that failed, or why there were none. */
  readonly by: string;
  /** What the first of them said. */
  readonly said: string;
}

/** Puts one fault into a fresh copy of the library and runs the one attack that must fail there. */
function plant(attack: string, fault: string): Result {
  rmSync(path.join(copy, 'lib'), { recursive: true, force: true });
  cpSync(path.join(rootDir, 'lib'), path.join(copy, 'lib'), { recursive: true });
  const patch = path.join(rootDir, 'test', 'attacks', 'faults', `${fault}.patch`);
  try {
    execFileSync('git', ['apply', '-C1', patch], { cwd: copy, stdio: 'pipe' });
  } catch {
    return { caught: false, by: 'the patch does not apply any more', said: '' };
  }
  const report = path.join(copy, 'report.json');
  rmSync(report, { force: true });
  spawnSync(
    process.execPath,
    [
      'node_modules/jest/bin/jest.js',
      `test/attacks/${attack}-`,
      '--json',
      `--outputFile=${report}`,
      '--silent',
      '--forceExit',
    ],
    { cwd: copy, stdio: 'ignore', env: { ...process.env, MFA_REQUIRE_REDIS: '1' } },
  );
  return resultOf(report);
}

/** A test that failed has caught the fault; a suite that broke before its tests has not. */
function resultOf(report: string): Result {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly testResults: readonly { readonly assertionResults: readonly Test[] }[];
  };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed');
  const [first] = failed;
  if (first) {
    const by = failed.map(({ title }) => title).join('; ');
    return { caught: true, by, said: excerpt(first.failureMessages[0] ?? '') };
  }
  const by = tests.length > 0 ? 'every test passed' : 'no test ran';
  return { caught: false, by, said: '' };
}

interface Test {
  readonly status: string;
  readonly title: string;
  readonly failureMessages: readonly string[];
}

function excerpt(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n');
  const place = lines.find((line) => line.includes('.test.ts'))?.trim() ?? '';
  const text = lines.filter((line) => !line.startsWith('    at ') && line.trim() !== '');
  return `\n    ${text.slice(0, 3).join(' | ').slice(0, 160)} ${path.basename(place)}`;
}
