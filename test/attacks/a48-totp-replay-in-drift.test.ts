import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  appCodes,
  challenge,
  guardOf,
  signedIn,
  userWithTotp,
  withDifferentCodes,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

const OPTIONS = { locks: [{ count: 1_000_000, waitMs: 1 }], hardCap: 100 };

describeWithRedis('[A48] an app’s code sent again within its tolerance', () => {
  const processes = twoProcesses();
  type Prepared = Awaited<ReturnType<typeof userWithTotp>>;

  /** A user with an app, on which no code comes up twice within the minutes of a test. */
  const prepare = (site: Site): Promise<Prepared> =>
    withDifferentCodes(
      () => userWithTotp(site),
      ({ secret }) => appCodes(site, secret, -2, 16),
    );

  async function tryCode(site: Site, { user }: Prepared, otp: string): Promise<number> {
    const visitor = await signedIn(site, user);
    const { status } = await answer(visitor, await challenge(visitor, 'totp'), otp);
    expect(await guardOf(visitor)).toBe(status === 200 ? 200 : 401);
    return status;
  }

  it.each([0, 19_999])(
    'is refused at every second of it, and so is the one before, %i ms into a step [REP-2]',
    async (into) => {
      const site = await processes.site({ options: OPTIONS });
      const prepared = await prepare(site);
      const { secret } = prepared;
      await site.forward(300_000 - (site.now % 30_000) + into);
      const otp = appCode(site, secret);
      const before = appCode(site, secret, -30_000);
      expect(await tryCode(site, prepared, otp)).toBe(200);
      const start = site.now;
      for (const second of [0, 1, 29, 30, 31, 59, 60, 89]) {
        await site.forward(start + second * 1000 - site.now);
        expect([second, await tryCode(site, prepared, otp)]).toEqual([second, 401]);
        expect([second, await tryCode(site, prepared, before)]).toEqual([second, 401]);
      }
      expect(await tryCode(site, prepared, appCode(site, secret))).toBe(200);
    },
  );

  it('is refused when a fast clock’s code was accepted before it [REP-2] [VER-6]', async () => {
    const site = await processes.site({ options: OPTIONS });
    const prepared = await prepare(site);
    const { secret } = prepared;
    await site.forward(300_000);
    const codes = [0, 30_000, 60_000].map((ms) => appCode(site, secret, ms));
    const [now = '', next = '', tooFar = ''] = codes;
    expect(await tryCode(site, prepared, tooFar)).toBe(401);
    expect(await tryCode(site, prepared, next)).toBe(200);
    expect(await tryCode(site, prepared, now)).toBe(401);
    await site.forward(30_000);
    expect(await tryCode(site, prepared, next)).toBe(401);
    expect(await tryCode(site, prepared, tooFar)).toBe(200);
  });
});
