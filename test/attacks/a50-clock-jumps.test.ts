import { Redis } from 'ioredis';

import { describeWithRedis } from '../support/redis-harness.ts';
import { keysUnder } from '../stores/connected.ts';
import {
  answer,
  appCode,
  appCodes,
  challenge,
  guardOf,
  pendingByMail,
  proveTotp,
  signedIn,
  userWithTotp,
  withDifferentCodes,
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

const HOUR = 3_600_000;
/** The step of an app that comes in two hours. */
const HOURS_LATER = (2 * HOUR) / 30_000;

describeWithRedis('[A50] a clock that jumps back and forth', () => {
  const processes = twoProcesses();
  const sites: Site[] = [];
  afterEach(async () => {
    for (const { prefix, redisPort } of sites.splice(0)) {
      const redis = new Redis(redisPort, '127.0.0.1');
      const keys = (await keysUnder(`${prefix}mfa:`, [redis])).filter(
        (key) => !key.endsWith(':enrollment'),
      );
      expect(keys.length).toBeGreaterThan(0);
      const left = await Promise.all(keys.map((key) => redis.pttl(key)));
      redis.disconnect();
      // Neither immortal nor gone before its time.
      for (const [i, ms] of left.entries()) expect([keys[i], ms > 1000]).toEqual([keys[i], true]);
    }
  });
  async function start(): Promise<Site> {
    const site = await processes.site();
    sites.push(site);
    return site;
  }

  it('revives no code of an app: none of the hour that comes twice [REP-2] [AVL-7]', async () => {
    const site = await start();
    const { user, secret } = await withDifferentCodes(
      () => userWithTotp(site),
      (drawn) => appCodes(site, drawn.secret, HOURS_LATER - 1, HOURS_LATER + 3),
    );
    await site.forward(2 * HOUR);
    const used = appCode(site, secret);
    await proveTotp(site, await signedIn(site, user), secret);
    await site.forward(-HOUR);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'totp');
    for (const otp of [appCode(site, secret), appCode(site, secret, 30_000), used]) {
      expect((await answer(visitor, id, otp)).status).toBe(401);
    }
    expect(await guardOf(visitor)).toBe(401);
    await site.forward(HOUR);
    const late = await signedIn(site, user);
    expect((await answer(late, await challenge(late, 'totp'), used)).status).toBe(401);
    await site.forward(30_000);
    const next = await challenge(late, 'totp');
    expect((await answer(late, next, appCode(site, secret))).status).toBe(200);
  });

  it('revives no code by mail that was used [REP-1]', async () => {
    const site = await start();
    const { visitor, id, code } = await pendingByMail(site);
    expect((await answer(visitor, id, code)).status).toBe(200);
    for (const jump of [-HOUR, HOUR, 2000, -2000]) {
      await site.forward(jump);
      expect((await answer(visitor, id, code)).status).toBe(401);
    }
  });

  it('prolongs no lock: it ends at its moment, wherever the clock was meanwhile [THR-6] [THR-8]', async () => {
    const site = await start();
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'totp');
    const wrong = wrongAppCode(site, secret);
    for (let i = 0; i < 5; i++) await answer(visitor, id, wrong);
    await site.forward(-HOUR);
    const early = await signedIn(site, user);
    const locked = await early.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect([locked.status, Number(locked.headers['retry-after']) <= 3630]).toEqual([429, true]);
    await site.forward(HOUR + 30_000);
    const after = await signedIn(site, user);
    expect(
      (await answer(after, await challenge(after, 'totp'), appCode(site, secret))).status,
    ).toBe(200);
  });

  it('ends no challenge and no session when it is set right by seconds [VER-7]', async () => {
    const site = await start();
    const { user, secret } = await userWithTotp(site);
    for (const jump of [-5000, 5000]) {
      await site.forward(60_000);
      const visitor = await signedIn(site, user);
      const id = await challenge(visitor, 'totp');
      await site.forward(jump);
      expect((await answer(visitor, id, appCode(site, secret))).status).toBe(200);
      expect(await guardOf(visitor)).toBe(200);
      await site.forward(-HOUR);
      expect(await guardOf(visitor)).toBe(200);
      await site.forward(24 * HOUR + HOUR);
      expect(await guardOf(visitor)).toBe(401);
    }
  });
});
