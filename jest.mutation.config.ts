/** @jest-config-loader esbuild-register */
import base from './jest.config.ts';

/** The suites of the areas under mutation: in-process ones only, and Redis started once a worker. */
const suites = (process.env['MUTATION_SUITES'] ?? 'core,crypto,factors,http,stores').split(',');

export default {
  ...base,
  roots: suites.map((suite) => `<rootDir>/test/${suite}`),
  globalSetup: '<rootDir>/test/support/mutation-setup.ts',
  globalTeardown: undefined,
  reporters: [],
};
