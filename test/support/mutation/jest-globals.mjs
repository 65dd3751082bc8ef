import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';
import mocha from 'mocha';

/** That of jest.config.ts. */
const LIMIT_MS = 30_000;

const mocks = new ModuleMocker(globalThis);
const timers = new ModernFakeTimers({ config: { fakeTimers: {} }, global: globalThis });

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
    const ordered = inOrder(describe, it);
    Object.assign(globalThis, {
      describe: withEach(ordered.describe),
      it: withEach(ordered.it),
      beforeAll: before,
      afterAll: after,
      expect: jestExpect,
      jest: {
        fn: mocks.fn.bind(mocks),
        spyOn: mocks.spyOn.bind(mocks),
        restoreAllMocks: () => mocks.restoreAllMocks(),
        setTimeout: () => undefined,
        useFakeTimers: () => timers.useFakeTimers(),
        useRealTimers: () => timers.useRealTimers(),
        advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
        getTimerCount: () => timers.getTimerCount(),
      },
    });
  });
};

/** For each suite that is being written, from the outside in: whether it holds another one already. */
const holding = [false];

/** Mocha runs what stands in a suite before the suites in it, jest what was written first. */
function inOrder(describe, it) {
  const written = (suite) => (title, body) => {
    holding[holding.length - 1] = true;
    return suite(title, function () {
      holding.push(false);
      body.call(this);
      holding.pop();
    });
  };
  const placed = (test) => (title, run) =>
    holding.at(-1) ? describe('', () => void test(title, run)) : test(title, run);
  return {
    describe: Object.assign(written(describe), { skip: written(describe.skip) }),
    it: Object.assign(placed(it), { skip: placed(it.skip) }),
  };
}

function withEach(add) {
  return Object.assign(eachOf(add), { skip: eachOf(add.skip) });
}

function eachOf(add) {
  const named = (title, run) => add(title, run);
  return Object.assign(named, { each: bind(named, false) });
}
