import type { Request } from 'express';

import { endHostSession, hostSession } from '../../lib/http/host-session.ts';

const requestWith = (session: unknown) => ({ session }) as unknown as Request;

describe("the host's session", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** A request whose session is in a store that answers after so many milliseconds, or never. */
  const requestOf = (afterMs?: number): Request => {
    const regenerate = (done: () => void): void => {
      if (afterMs !== undefined) setTimeout(done, afterMs);
    };
    return requestWith({ cookie: {}, regenerate, save: () => {} });
  };

  it.each([
    ['never', undefined],
    ['too late', 5_001],
  ])('is an outage where its store answers %s [AVL-1] [AVL-6]', async (_when, afterMs) => {
    await Promise.all([
      expect(endHostSession(requestOf(afterMs))).rejects.toMatchObject({
        code: 'store_unavailable',
      }),
      jest.advanceTimersByTimeAsync(6_000),
    ]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is saved where its store says null for no error, as Node does', async () => {
    const regenerate = (done: (error: null) => void): void => done(null);
    const req = requestWith({ cookie: {}, regenerate, save: () => {} });
    await expect(endHostSession(req)).resolves.toBeUndefined();
  });

  it('is waited for as long as a slow store may take, and no timer is left', async () => {
    const ended = endHostSession(requestOf(4_999));
    await jest.advanceTimersByTimeAsync(4_999);
    await ended;
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each<readonly [string, unknown]>([
    ['is not there', undefined],
    ['is what cookie-session keeps in a cookie', { isNew: true, isPopulated: false }],
    ['cannot get a new id', { cookie: {}, save: () => {} }],
    ['cannot be saved', { cookie: {}, regenerate: () => {} }],
  ])('is missing where it %s, and the remedy is express-session', (_what, session) => {
    expect(() => hostSession(requestWith(session))).toThrow(
      expect.objectContaining({
        code: 'session_missing',
        message: expect.stringContaining('Mount express-session') as string,
      }),
    );
  });
});
