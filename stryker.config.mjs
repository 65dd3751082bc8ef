/**
 * Run by scripts/test-mutation.ts, which says what is mutated and which suites must notice.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  jest: { projectType: 'custom', configFile: 'jest.mutation.config.ts' },
  // Read only where there is such a file: what is done with it needs a compiler API, which TypeScript 7 has not.
  tsconfigFile: 'none',
  // A mutant is killed by a test that fails, not by a machine that is busy.
  timeoutMS: 60_000,
  timeoutFactor: 5,
  concurrency: 2,
  ignorePatterns: ['/dist', '/coverage', '/reports', '/example-app'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: process.env.MUTATION_REPORT ?? 'reports/mutation/mutation.json' },
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
