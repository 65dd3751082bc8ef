/** @jest-config-loader esbuild-register */
import { suites as base } from './jest.config.ts';

/** The suites of the areas under mutation: in-process ones only, and Redis started once a worker. */
const patterns = (process.env['MUTATION_SUITES'] ?? '{core,crypto,factors,http,stores}/**/*').split(
  ' ',
);

export default {
  ...base,
  testTimeout: 30_000,
  // The roots stay those of all tests: by what lies between is known which test reaches what is mutated.
  testMatch: patterns.map((pattern) => `<rootDir>/test/${pattern}.test.ts`),
  globalSetup: '<rootDir>/test/support/mutation-setup.ts',
  globalTeardown: undefined,
  reporters: [],
};
