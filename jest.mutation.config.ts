/** @jest-config-loader esbuild-register */
import base from './jest.config.ts';

/** The suites of the areas under mutation: in-process ones only, and Redis started once a worker. */
const suites = (process.env['MUTATION_SUITES'] ?? '{core,crypto,factors,http,stores}/**/*').split(
  ' ',
);

export default {
  ...base,
  // The roots stay those of all tests: by what lies between is known which test reaches what is mutated.
  testMatch: suites.map((suite) => `<rootDir>/test/${suite}.test.ts`),
  globalSetup: '<rootDir>/test/support/mutation-setup.ts',
  globalTeardown: undefined,
  reporters: [],
};
