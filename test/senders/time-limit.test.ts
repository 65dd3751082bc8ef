import { withTimeLimit } from '../../lib/senders/time-limit.ts';

describe('withTimeLimit', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const never = (): Promise<never> => new Promise(() => {});

  it('answers what the work answers', async () => {
    await expect(withTimeLimit(10, () => Promise.resolve(7))).resolves.toBe(7);
  });

  it('rejects with what the work throws at once', async () => {
    const thrown = new Error('at once');
    const work = (): never => {
      throw thrown;
    };
    await expect(withTimeLimit(10, work)).rejects.toBe(thrown);
  });

  it('waits up to the limit and no longer', async () => {
    const states: string[] = [];
    const waiting = withTimeLimit(10, never).catch(() => states.push('gave up'));
    await jest.advanceTimersByTimeAsync(9);
    expect(states).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(states).toEqual(['gave up']);
    await waiting;
  });

  it('gives the limit as the reason, whatever the work says about being aborted', async () => {
    const work = (signal: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const reason = withTimeLimit(10, work).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(10);
    expect(await reason).toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT' });
  });

  it.each<readonly [string, () => unknown]>([
    ['is done', () => Promise.resolve()],
    ['fails', () => Promise.reject(new Error('failed'))],
    [
      'throws at once',
      () => {
        throw new Error('at once');
      },
    ],
  ])('leaves no timer behind when the work %s', async (_how, work) => {
    await withTimeLimit(10, work).catch(() => {});
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not keep the process alive', () => {
    jest.useRealTimers();
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    void withTimeLimit(100, never).catch(() => {});
    expect(timers()).toBe(before);
  });
});
