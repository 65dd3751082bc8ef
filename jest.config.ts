/** @jest-config-loader esbuild-register */
import { availableParallelism } from 'node:os';

import type { Config } from 'jest';

const babel = {
  babelrc: false,
  configFile: false,
  presets: ['@babel/preset-typescript'],
  // Without the second, a dynamic import() reaches Node's own loader, which jest forbids.
  plugins: [
    ['@babel/plugin-transform-react-jsx', { runtime: 'automatic', importSource: 'preact' }],
    '@babel/plugin-transform-modules-commonjs',
    '@babel/plugin-transform-dynamic-import',
  ],
};

// Jest cannot `require()` an ES module, so the ones our dependencies bring are transformed too.
const esmOnly = [
  '@scure',
  '@noble',
  'uuid',
  'node-fetch',
  'fetch-blob',
  'data-uri-to-buffer',
  'formdata-polyfill',
];

const shared = {
  testEnvironment: '<rootDir>/test/support/test-environment.ts',
  setupFilesAfterEnv: [
    '<rootDir>/test/support/last-notices.ts',
    '<rootDir>/test/support/every-sink.ts',
  ],
  // What a README says is what a reader runs.
  moduleNameMapper: {
    '^express-mfa$': '<rootDir>/lib/index.ts',
    '^express-mfa/(redis|nodemailer|pages|vonage)$': '<rootDir>/lib/$1.ts',
  },
  transform: { '\\.[cm]?[jt]sx?$': ['babel-jest', babel] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
} satisfies Config;

/** All suites but those in a browser, which neither need Redis nor what these are counted by. */
export const suites = {
  ...shared,
  displayName: 'suites',
  // The library too: what no test loads counts as not covered.
  roots: ['<rootDir>/lib', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
} satisfies Config;

const browser = {
  ...shared,
  displayName: 'browser',
  roots: ['<rootDir>/lib', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  globalSetup: '<rootDir>/test/support/global-browser-setup.ts',
} satisfies Config;

export default {
  projects: [suites, browser],
  testTimeout: 30_000,
  // Many tests wait, for Redis, for a mail or for a page: one worker a core leaves a third of it idle.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  reporters: ['default', '<rootDir>/test/support/reporter.cjs'],
  // Where a line that no test reaches may be a way in, there is none; see docs/testing.md.
  coverageProvider: 'babel',
  collectCoverageFrom: ['lib/{core,crypto,factors,stores}/**/*.ts'],
  coverageThreshold: { global: { statements: 100, branches: 100, functions: 100, lines: 100 } },
} satisfies Config;
