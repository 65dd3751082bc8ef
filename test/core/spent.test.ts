import { afterSpending, reachOf } from '../../lib/core/spent.ts';
import { HOUR, MINUTE, START } from './engine.ts';

const of = (...windows: readonly (readonly [limit: number, windowMs: number])[]) => ({
  name: 'x',
  windows: windows.map(([limit, windowMs]) => ({ limit, windowMs })),
});

describe('afterSpending', () => {
  it('leaves one while fewer than the limit lie within the window, to the millisecond', () => {
    const two = of([2, MINUTE]);
    const taken = [START - MINUTE + 1, START];
    expect(afterSpending(two, [START], START)).toEqual({ status: 'spent' });
    expect(afterSpending(two, taken, START)).toEqual({ status: 'exhausted', until: START + 1 });
    expect(afterSpending(two, taken, START + 1)).toEqual({ status: 'spent' });
  });

  it('says when one more fits, in whatever order they were taken, and when more were taken than may be', () => {
    const taken = [START - 20, START - 40, START - 10, START - 30];
    expect(afterSpending(of([2, MINUTE]), taken, START)).toEqual({
      status: 'exhausted',
      until: START - 20 + MINUTE,
    });
  });

  it('says the latest where several windows are full', () => {
    const taken = [START - 2, START - 1];
    const full = { status: 'exhausted', until: START - 2 + HOUR };
    expect(afterSpending(of([1, MINUTE], [2, HOUR]), taken, START)).toEqual(full);
    expect(afterSpending(of([2, HOUR], [1, MINUTE]), taken, START)).toEqual(full);
  });

  it('never leaves one where the limit is none at all', () => {
    expect(afterSpending(of([0, MINUTE]), [], START)).toEqual({
      status: 'exhausted',
      until: START + MINUTE,
    });
  });
});

describe('reachOf', () => {
  it('is the longest window, or nothing', () => {
    expect(reachOf(of([1, MINUTE], [1, HOUR], [1, 5]))).toBe(HOUR);
    expect(reachOf(of())).toBe(0);
  });
});
