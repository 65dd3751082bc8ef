import { MfaError } from '../../lib/errors.ts';
import { withinTime } from '../../lib/time-limit.ts';

const forever = () => new Promise<never>(() => {});

describe('withinTime', () => {
  it('gives what a function gives, at once or by a promise', async () => {
    expect(await withinTime('users.findById', 50, () => 5)).toBe(5);
    expect(await withinTime('users.findById', 50, async () => null)).toBeNull();
    expect(await withinTime('users.findById', 50, () => undefined)).toBeUndefined();
  });

  it('[AVL-6] fails for one that never answers, soon after the limit and not before', async () => {
    const started = performance.now();
    const error = await failureOf(() => withinTime('users.findById', 40, forever));
    const took = performance.now() - started;
    expect(error.code).toBe('host_callback_timeout');
    expect(error.message).toBe(
      'users.findById did not answer within 40 ms. ' +
        'Make it answer sooner, or see `hostTimeoutMs` and `sendTimeoutMs`.',
    );
    expect(took).toBeGreaterThanOrEqual(39);
    expect(took).toBeLessThan(2_000);
  });

  it.each<readonly [string, () => Promise<never>]>([
    [
      'throws at once',
      () => {
        throw new Error('no such table: users (ada@example.com)');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no such table: users (ada@example.com)'))],
  ])('[LOG-5] keeps the cause, and says nothing of it, when one %s', async (_how, run) => {
    const error = await failureOf(() => withinTime('users.verifyPassword', 50, run));
    expect(error.code).toBe('host_callback_failed');
    expect(error.message).toBe('users.verifyPassword threw; see the cause.');
    expect(error.cause).toMatchObject({ message: expect.stringContaining('ada@example.com') });
  });

  it.each([undefined, null, 'down', 0])(
    'makes an error of %j when that is thrown',
    async (thrown) => {
      const error = await failureOf(() => withinTime('identify', 50, () => Promise.reject(thrown)));
      expect(error.code).toBe('host_callback_failed');
      expect(error.cause).toBe(thrown);
    },
  );

  it('passes on an error of ours as it is', async () => {
    const own = new MfaError('delivery_failed', 'The relay refused the message.');
    expect(await failureOf(() => withinTime('send', 50, () => Promise.reject(own)))).toBe(own);
  });

  it('lets a function that fails too late fail unheard', async () => {
    const unheard: unknown[] = [];
    const listen = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', listen);
    const late = () =>
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 30));
    expect((await failureOf(() => withinTime('send', 5, late))).code).toBe('host_callback_timeout');
    await new Promise((resolve) => setTimeout(resolve, 60));
    process.off('unhandledRejection', listen);
    expect(unheard).toEqual([]);
  });

  it('leaves no timer behind', async () => {
    const set = jest.spyOn(globalThis, 'setTimeout');
    const cleared = jest.spyOn(globalThis, 'clearTimeout');
    await withinTime('send', 60_000, () => 1);
    await failureOf(() => withinTime('send', 60_000, () => Promise.reject(new Error('no'))));
    const own = set.mock.results.filter((_, i) => set.mock.calls[i]?.[1] === 60_000);
    const timers = own.map(({ value }) => value as NodeJS.Timeout);
    expect(timers).toHaveLength(2);
    expect(cleared.mock.calls.map(([timer]) => timer)).toEqual(expect.arrayContaining(timers));
    jest.restoreAllMocks();
  });
});

async function failureOf(run: () => Promise<unknown>): Promise<MfaError> {
  const error = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MfaError) return error;
  throw new Error('did not fail by an MfaError');
}
