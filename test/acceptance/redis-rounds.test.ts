import { Redis } from 'ioredis';

import { splitStore } from '../../lib/index.ts';
import { redisStore } from '../../lib/redis.ts';
import { scripts } from '../../lib/stores/redis/scripts.ts';
import { hostTable } from '../stores/host-table.ts';
import { startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { countingRedis } from '../support/counting-redis.ts';
import { describeWithRedis, redisPort, uniquePrefix } from '../support/redis-harness.ts';
import {
  addUser,
  answer,
  challenge,
  sentCode,
  signIn,
  switchOn,
  totpCode,
  userWithTotp,
} from '../support/story.ts';

/** Prepares a user and a browser; answers the one request that is counted. */
type Flow = (app: TestApp) => Promise<() => Promise<{ readonly status: number }>>;

const ACCOUNT = '/v1/account';
const TOTP = `${ACCOUNT}/mfa/authenticators/totp`;
const CODES = `${ACCOUNT}/mfa/recovery-codes`;

/** A browser of a user with an app and MFA on, after the password. */
async function pending(app: TestApp) {
  const { user, secret } = await userWithTotp(app);
  const browser = app.browser();
  await signIn(browser, user);
  return { user, secret, browser };
}

/** The same after the second factor. */
async function complete(app: TestApp) {
  const { secret, ...rest } = await pending(app);
  const id = await challenge(rest.browser, 'totp');
  await answer(rest.browser, id, totpCode(app, secret)).expect(200);
  app.clock.forward(30_000);
  return { secret, ...rest };
}

/** A user whom the host vouches for by a mailbox, with MFA on, after the password. */
async function pendingByMail(app: TestApp): Promise<Browser> {
  const user = addUser(app, { emailVerified: true });
  const first = app.browser();
  await signIn(first, user);
  await switchOn(first);
  const browser = app.browser();
  await signIn(browser, user);
  return browser;
}

async function plain(app: TestApp): Promise<Browser> {
  const browser = app.browser();
  await signIn(browser, addUser(app));
  return browser;
}

/**
 * What each request asks of Redis, `redisStore` first and then beside the host's own table with
 * `splitStore`. `a > b`: b waits for the answer of a; `a + b` leave together. Where a feature needs
 * more, this is the place to say so. The two commands of express-session come on top. A `spend` at the
 * end is behind the answer: whether a mailbox that nobody proved hears of the change.
 */
const FLOWS: Readonly<Record<string, readonly [Flow, alone: string, split: string]>> = {
  'a guarded page': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.get('/reports').expect(200);
    },
    'session',
    'session',
  ],
  'a guarded page, once a minute': [
    async (app) => {
      const { browser } = await complete(app);
      app.clock.forward(61_000);
      return async () => browser.get('/reports').expect(200);
    },
    'session > renew',
    'session > touch',
  ],
  'a guarded page, refused': [
    async (app) => {
      const { browser } = await pending(app);
      return async () => browser.get('/reports').expect(401);
    },
    'session',
    'session',
  ],
  'signing in': [
    async (app) => {
      const { email, password } = (await userWithTotp(app)).user;
      const browser = app.browser();
      return async () => browser.post(`${ACCOUNT}/sessions/email`, { email, password }).expect(201);
    },
    'enrollment > begin',
    'begin',
  ],
  'listing factors': [
    async (app) => {
      const { browser } = await pending(app);
      return async () => browser.get(`${ACCOUNT}/mfa/factors`).expect(200);
    },
    'load',
    'recall',
  ],
  'a challenge for an app': [
    async (app) => {
      const { browser } = await pending(app);
      return async () => browser.post(`${ACCOUNT}/mfa/challenges`, { factor: 'totp' }).expect(201);
    },
    'load > open',
    'recall > open',
  ],
  'a challenge by e-mail': [
    async (app) => {
      const browser = await pendingByMail(app);
      return async () => browser.post(`${ACCOUNT}/mfa/challenges`, { factor: 'email' }).expect(201);
    },
    'load > open',
    'recall > open',
  ],
  'the code of an app': [
    async (app) => {
      const { browser, secret } = await pending(app);
      const id = await challenge(browser, 'totp');
      return async () => answer(browser, id, totpCode(app, secret)).expect(200);
    },
    'load > settle',
    'recall > settle > outdate > remember',
  ],
  'the code of an e-mail': [
    async (app) => {
      const browser = await pendingByMail(app);
      const id = await challenge(browser, 'email');
      return async () => answer(browser, id, sentCode(app)).expect(200);
    },
    'load > settle',
    'recall > settle > outdate > remember',
  ],
  'a wrong code': [
    async (app) => {
      const browser = await pendingByMail(app);
      const id = await challenge(browser, 'email');
      const wrong = sentCode(app) === '123456' ? '654321' : '123456';
      return async () => answer(browser, id, wrong).expect(401);
    },
    'load > settle',
    'recall > settle',
  ],
  'a code for an unknown challenge': [
    async (app) => {
      const { browser } = await pending(app);
      return async () => answer(browser, 'x'.repeat(43), '123456').expect(401);
    },
    'load',
    'recall',
  ],
  'enrolling an app': [
    async (app) => {
      const browser = await plain(app);
      return async () => browser.post(TOTP).expect(200);
    },
    'load > open',
    'recall > open',
  ],
  'confirming an app': [
    async (app) => {
      const browser = await plain(app);
      const { body } = await browser.post(TOTP).expect(200);
      const { secret } = body as { secret: string };
      return async () => browser.put(TOTP, { otp: totpCode(app, secret) }).expect(200);
    },
    'load > settle > spend',
    'recall > settle > outdate > remember > spend',
  ],
  'switching MFA off': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.patch(`${ACCOUNT}/mfa`, { mfa: false }).expect(200);
    },
    'load > save > spend',
    'recall > outdate > remember > spend',
  ],
  'making recovery codes': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.post(CODES).expect(201);
    },
    'load > load > save > spend',
    'recall > recall > outdate > remember > spend',
  ],
  'removing an app': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.delete(TOTP).expect(204);
    },
    'load > save > spend',
    'recall > outdate > remember > spend',
  ],
  'signing out': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.delete(`${ACCOUNT}/sessions/current`).expect(204);
    },
    'end',
    'end',
  ],
};

describeWithRedis.each([
  ['redisStore', false],
  ['splitStore', true],
])('what a request asks of Redis with %s', (_, isSplit) => {
  const redis = new Redis(redisPort(), '127.0.0.1', { lazyConnect: true });
  const counting = countingRedis(redis);
  let app: TestApp;

  beforeAll(async () => {
    await redis.connect();
    // Once known, a script is one command.
    for (const { text } of Object.values(scripts)) await redis.script('LOAD', text);
    const volatile = redisStore(counting.client, { prefix: uniquePrefix(), timeoutMs: 10_000 });
    app = await startApp({ store: isSplit ? splitStore(hostTable(), volatile) : volatile });
  });
  afterAll(async () => {
    await app.close();
    redis.disconnect();
  });

  it.each(Object.entries(FLOWS))('for %s: no more than it must', async (name, flow) => {
    const [prepare, alone, split] = flow;
    const request = await prepare(app);
    const asked = await counting.during(request);
    expect([name, asked]).toEqual([name, isSplit ? split : alone]);
  });
});

describe('what a request asks of Redis', () => {
  const said = (name: string): string => FLOWS[name]?.[1] ?? '';

  it('is one read for a guard', () => {
    expect(said('a guarded page')).toBe('session');
  });

  it.each(Object.keys(FLOWS).filter((name) => /challenge|code of|wrong code/.test(name)))(
    'is no more than two rounds for %s',
    (name) => {
      expect(said(name).split(' > ').length).toBeLessThanOrEqual(2);
    },
  );
});
