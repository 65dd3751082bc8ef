import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  guardOf,
  pendingByMail,
  signedIn,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import { together, Visitor } from './visitor.ts';
import type { Ask } from './visitor.ts';

const LATE = { 'x-late': '1' };
const ANSWER = '/v1/account/mfa/challenges';
const LOGOUTS = [
  ['DELETE', '/v1/account/sessions/current'],
  ['POST', '/logout'],
] as const;

describeWithRedis('[A26] a logout that meets the second factor in flight', () => {
  const processes = twoProcesses();

  /** A browser with its challenge open, and the code. */
  async function waiting(site: Site) {
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    return { visitor, id: await challenge(visitor, 'totp'), otp: appCode(site, secret) };
  }

  async function isOver(...visitors: readonly Visitor[]): Promise<void> {
    const paths = ['/reports', '/vault', '/v1/account', '/v1/account/mfa/factors'];
    const asked = visitors.flatMap((visitor) =>
      paths.map(async (path) => [path, await guardOf(visitor, path)]),
    );
    const over = visitors.flatMap(() => paths.map((path) => [path, 401]));
    expect(await Promise.all(asked)).toEqual(over);
  }

  it.each(LOGOUTS)(
    'ends the session that has moved on meanwhile, by %s %s [SES-10]',
    async (method, path) => {
      const site = await processes.site();
      const { visitor, id, otp } = await waiting(site);
      const old = visitor.copy();
      const logout = old.send(old.ask(method, path, '', LATE));
      await site.slow.holds(1);
      expected(await answer(visitor, id, otp), 200);
      expect(await guardOf(visitor)).toBe(200);
      site.slow.release();
      expect((await logout).status).toBeLessThan(300);
      await isOver(visitor, old);
      expect(await site.count('signed_out')).toBe(1);
    },
  );

  it.each(LOGOUTS)(
    'leaves nothing to an answer that comes after it, by %s %s [SES-10]',
    async (method, path) => {
      const site = await processes.site();
      const { visitor, id, otp } = await waiting(site);
      const old = visitor.copy();
      const late = old.send(old.ask('PUT', ANSWER, { challengeId: id, otp }, LATE));
      await site.slow.holds(1);
      await visitor.send(visitor.ask(method, path));
      site.slow.release();
      expect((await late).status).toBe(401);
      await isOver(visitor, old);
      expect(await site.count('challenge_completed', 'prove')).toBe(0);
    },
  );

  it.each(LOGOUTS)(
    'leaves nothing to an answer that has read its session before it, by %s %s [SES-10]',
    async (method, path) => {
      const site = await processes.site();
      const { visitor, id, otp } = await waiting(site);
      const old = visitor.copy();
      // What was read of the session is in hand while the host looks its user up.
      let lookUps = 0;
      site.instead = {
        findById: async ({ users, slow }, userId: string) => {
          lookUps += 1;
          if (lookUps === 1) await slow.hold();
          return users.get(userId);
        },
      };
      const late = old.send(old.ask('PUT', ANSWER, { challengeId: id, otp }));
      await site.slow.holds(1);
      await visitor.send(visitor.ask(method, path));
      site.slow.release();
      const { status, cookie } = await late;
      expect(status).toBe(401);
      await isOver(visitor, old, ...(cookie === undefined ? [] : [new Visitor(site, cookie)]));
      expect(await site.count('challenge_completed', 'prove')).toBe(0);
    },
  );

  it('is the last word in each of twenty sessions at once, whichever comes first [SES-10]', async () => {
    for (let round = 0; round < 3; round++) {
      const site = await processes.site();
      const visitors: Visitor[] = [];
      const asks: Ask[] = [];
      for (let pair = 0; pair < 20; pair++) {
        const { visitor, id, code } = await pendingByMail(site);
        visitors.push(visitor);
        asks.push(visitor.ask('PUT', ANSWER, { challengeId: id, otp: code }, LATE));
        asks.push(visitor.ask(...LOGOUTS[0], '', { 'x-late': `${1 + 8 * (pair % 5)}` }));
      }
      // All have read their sessions when the first of them goes on.
      const answers = together(site, asks);
      await site.slow.holds(40);
      site.slow.release();
      const cookies = (await answers).flatMap(({ cookie }) => cookie ?? []);
      await isOver(...visitors, ...cookies.map((cookie) => new Visitor(site, cookie)));
      const logouts = (await answers).filter((_, i) => i % 2 === 1);
      expect(logouts.map(({ status }) => status)).toEqual(Array(20).fill(204));
      expect(await site.count('signed_out')).toBe(20);
    }
  });
});
