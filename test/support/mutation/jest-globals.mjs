import { jestExpect } from '@jest/expect';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';
import mocha from 'mocha';

/** That of jest.config.ts. */
const LIMIT_MS = 30_000;

const mocks = new ModuleMocker(globalThis);

const { interfaces } = mocha;
const { bdd } = interfaces;

/**
 * Gives mocha the globals of jest that the suites under mutation use. Mocha runs the tests of mutant
 * after mutant in one process, where jest loads every module anew for each.
 */
interfaces.bdd = (suite) => {
  bdd(suite);
  suite.timeout(LIMIT_MS);
  suite.on('pre-require', ({ describe, it, before, after }) => {
    Object.assign(globalThis, {
      describe: withEach(describe),
      it: withEach(it),
      beforeAll: before,
      afterAll: after,
      expect: jestExpect,
      jest: {
        fn: mocks.fn.bind(mocks),
        spyOn: mocks.spyOn.bind(mocks),
        restoreAllMocks: () => mocks.restoreAllMocks(),
        setTimeout: () => undefined,
      },
    });
  });
};

function withEach(add) {
  return Object.assign(eachOf(add), { skip: eachOf(add.skip) });
}

function eachOf(add) {
  const named = (title, run) => add(title, run);
  return Object.assign(named, { each: bind(named, false) });
}
