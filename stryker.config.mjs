/**
 * Run by scripts/test-mutation.ts, which says what is mutated and which suites must notice.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  // Jest would load every module anew for each mutant, which takes a day.
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  mochaOptions: {
    'no-config': true,
    'no-package': true,
    require: ['register-typescript', 'jest-globals'].map(
      (name) => `test/support/mutation/${name}.mjs`,
    ),
    spec: (process.env.MUTATION_SUITES ?? '').split(' ').map((name) => `test/${name}.test.ts`),
  },
  coverageAnalysis: 'perTest',
  // What runs while modules load needs a process of its own a mutant; MUTATION_STATIC=1 asks for that too.
  ignoreStatic: process.env.MUTATION_STATIC !== '1',
  // Read only where there is such a file: what is done with it needs a compiler API, which TypeScript 7 has not.
  tsconfigFile: 'none',
  // A mutant is killed by a test that fails, not by a machine that is busy.
  timeoutMS: 60_000,
  timeoutFactor: 5,
  concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
  ignorePatterns: ['/dist', '/coverage', '/reports', '/example-app'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: process.env.MUTATION_REPORT ?? 'reports/mutation/mutation.json' },
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
