import { afterFailure, isCapped, NO_FAILURES } from '../../lib/core/lockout.ts';
import type { Failures } from '../../lib/core/ports.ts';
import { DAY, HOUR, MINUTE, SECOND, START, startEngine } from './engine.ts';

const { locks } = startEngine().engine.settings;

describe('afterFailure', () => {
  it('[THR-6] waits as the ramp says: 30 s from 5, 15 min from 10, 1 h from 15, 24 h from 20', () => {
    const waits: Record<number, number> = {};
    let failures: Failures = NO_FAILURES;
    for (let count = 1; count <= 25; count += 1) {
      failures = afterFailure(failures, locks, START);
      expect(failures.count).toBe(count);
      waits[count] = failures.until === 0 ? 0 : failures.until - START;
    }
    const ramp = (from: number, to: number, wait: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => [from + n, wait]);
    expect(waits).toEqual(
      Object.fromEntries([
        ...ramp(1, 4, 0),
        ...ramp(5, 9, 30 * SECOND),
        ...ramp(10, 14, 15 * MINUTE),
        ...ramp(15, 19, HOUR),
        ...ramp(20, 25, DAY),
      ]),
    );
  });

  it('[THR-6] never waits less after one failure more', () => {
    let failures: Failures = NO_FAILURES;
    for (let count = 1; count <= 100; count += 1) {
      const more = afterFailure(failures, locks, START);
      expect(more.until).toBeGreaterThanOrEqual(failures.until);
      failures = more;
    }
  });

  it('counts the wait from the failure, whatever the wait before', () => {
    const before = { count: 4, until: 0 };
    expect(afterFailure(before, locks, START).until).toBe(START + 30 * SECOND);
    expect(afterFailure(before, locks, START + HOUR).until).toBe(START + HOUR + 30 * SECOND);
  });

  it('keeps to the steps that it is given', () => {
    const once = [{ count: 3, waitMs: 7 }];
    const waits = [0, 1, 2, 3, 99].map(
      (count) => afterFailure({ count, until: 0 }, once, 100).until,
    );
    expect(waits).toEqual([0, 0, 107, 107, 107]);
  });
});

describe('isCapped', () => {
  const caps = { hardCap: 5, accountCap: 8 };
  const failed = (count: number): Failures => ({ count, until: 0 });

  it.each([
    [4, 7, false],
    [5, 0, true],
    [0, 8, true],
  ])('[THR-1] of %d failures of a factor, %d of the account: %j', (own, all, capped) => {
    const failures = { totp: failed(own), '*': failed(all) };
    expect(isCapped(failures, ['totp', '*'], caps)).toBe(capped);
    expect(isCapped(failures, ['totp', '*', 'more'], caps)).toBe(capped);
  });

  it('[THR-7] never is what only slows down, nor what never failed', () => {
    expect(isCapped({ recoveryCode: failed(99) }, ['recoveryCode'], caps)).toBe(false);
    expect(isCapped({}, ['totp', '*'], caps)).toBe(false);
  });
});
