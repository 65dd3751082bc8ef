import express from 'express';
import type { Express } from 'express';
import { Redis } from 'ioredis';

import { splitStore } from '../../lib/index.ts';
import { redisStore } from '../../lib/redis.ts';
import type { RedisClient } from '../../lib/stores/redis/client.ts';
import { scripts } from '../../lib/stores/redis/scripts.ts';
import { hostTable } from '../stores/host-table.ts';
import { startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { countingRedis } from '../support/counting-redis.ts';
import { everythingSent } from '../support/everything-sent.ts';
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

/** A user whom the host vouches for by a number, with MFA on, after the password. */
async function pendingBySms(app: TestApp): Promise<Browser> {
  numbers += 1;
  const phone = `+1415555${2000 + numbers}`;
  const user = addUser(app, { phone, phoneVerified: true });
  const first = app.browser();
  await signIn(first, user);
  await switchOn(first);
  const browser = app.browser();
  await signIn(browser, user);
  return browser;
}
let numbers = 0;

/** A challenge that was opened before five wrong answers to another locked its factor. */
async function locked(app: TestApp) {
  const { user, secret, browser } = await pending(app);
  const id = await challenge(browser, 'totp');
  const right = [-1, 0, 1].map((step) => totpCode(app, secret, step * 30_000));
  const wrong =
    ['123456', '234567', '345678', '456789'].find((code) => !right.includes(code)) ?? '';
  const other = app.browser();
  await signIn(other, user);
  const its = await challenge(other, 'totp');
  for (let n = 0; n < 5; n += 1) await answer(other, its, wrong).expect(401);
  await everythingSent();
  return { browser, id, secret, wrong };
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
 * end is behind the answer: whether a mailbox that nobody proved hears of the change, and which codes
 * came back. `limited`, if it is other than `alone`: what the answer waits for with the default limits.
 */
const FLOWS: Readonly<
  Record<string, readonly [Flow, alone: string, split: string, limited?: string]>
> = {
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
    'spend > enrollment > begin',
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
    'load > open + spend + spend + spend + spend',
  ],
  'the code of an app': [
    async (app) => {
      const { browser, secret } = await pending(app);
      const id = await challenge(browser, 'totp');
      return async () => answer(browser, id, totpCode(app, secret)).expect(200);
    },
    'load > settle',
    'recall > settle > outdate > remember',
    'load + spend > settle',
  ],
  'the code of an e-mail': [
    async (app) => {
      const browser = await pendingByMail(app);
      const id = await challenge(browser, 'email');
      return async () => answer(browser, id, sentCode(app)).expect(200);
    },
    'load > settle',
    'recall > settle > outdate > remember',
    'load + spend > settle',
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
    'load + spend > settle',
  ],
  'a code by SMS': [
    async (app) => {
      const browser = await pendingBySms(app);
      return async () => browser.post(`${ACCOUNT}/mfa/challenges`, { factor: 'phone' }).expect(201);
    },
    `load > open${' + spend'.repeat(2)}${' + tally'.repeat(6)}`,
    `recall > open${' + spend'.repeat(2)}${' + tally'.repeat(6)}`,
    `load > open${' + spend'.repeat(7)}${' + tally'.repeat(6)}`,
  ],
  'the code of an SMS': [
    async (app) => {
      const browser = await pendingBySms(app);
      const id = await challenge(browser, 'phone');
      return async () => answer(browser, id, sentCode(app)).expect(200);
    },
    'load > settle > spend + spend',
    'recall > settle > outdate > remember > spend + spend',
    'load + spend > settle',
  ],
  'a right code while locked': [
    async (app) => {
      const { browser, id, secret } = await locked(app);
      return async () => answer(browser, id, totpCode(app, secret)).expect(429);
    },
    'load > settle',
    'recall > settle',
    'load + spend > settle',
  ],
  'a wrong code while locked': [
    async (app) => {
      const { browser, id, wrong } = await locked(app);
      return async () => answer(browser, id, wrong).expect(429);
    },
    'load > settle',
    'recall > settle',
    'load + spend > settle',
  ],
  'a code for an unknown challenge': [
    async (app) => {
      const { browser } = await pending(app);
      return async () => answer(browser, 'x'.repeat(43), '123456').expect(401);
    },
    'load',
    'recall',
    'load + spend',
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
    'load + spend > settle',
  ],
  'switching MFA off': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.patch(`${ACCOUNT}/mfa`, { mfa: false }).expect(200);
    },
    'load > save > spend',
    'recall > outdate > remember > spend',
    'load > save',
  ],
  'making recovery codes': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.post(CODES).expect(201);
    },
    'load > load > save > spend',
    'recall > recall > outdate > remember > spend',
    'load > load > save',
  ],
  'removing an app': [
    async (app) => {
      const { browser } = await complete(app);
      return async () => browser.delete(TOTP).expect(204);
    },
    'load > save > spend',
    'recall > outdate > remember > spend',
    'load > save',
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

/** After this the store gives up; the test that an answer keeps waiting in vain has ended before. */
const GIVEN_UP_MS = 10_000;

/** Asked for from a public address: on an inner one the limits of a network do not hold. */
describeWithRedis('what an answer waits for with the default limits', () => {
  const redis = new Redis(redisPort(), '127.0.0.1', { lazyConnect: true });
  const counting = countingRedis(redis);
  const later = heldBack(counting.client);
  let app: TestApp;

  beforeAll(async () => {
    await redis.connect();
    for (const { text } of Object.values(scripts)) await redis.script('LOAD', text);
    const store = redisStore(later.client, { prefix: uniquePrefix(), timeoutMs: GIVEN_UP_MS });
    const behindProxy = (): Express => express().set('trust proxy', 1);
    const started = await startApp({ store, limits: {}, framework: behindProxy });
    const browser = (): Browser => {
      const made = started.browser();
      made.agent.set('x-forwarded-for', '203.0.113.7');
      return made;
    };
    app = { ...started, browser };
  });
  afterAll(async () => {
    await app.close();
    redis.disconnect();
  });

  it.each(Object.entries(FLOWS))(
    'for %s: limits, in the same rounds',
    async (name, flow) => {
      const [prepare, alone, , limited = alone] = flow;
      // What the flow before has used up is there again.
      app.clock.forward(2 * 86_400_000);
      const request = await prepare(app);
      const asked = await counting.during(() => later.during(request));
      expect([name, asked.replace(later.behind, '')]).toEqual([name, limited]);
    },
    GIVEN_UP_MS - 1_000,
  );
});

/**
 * Holds back what is asked of budgets after a request was decided until it has been answered: the
 * answer cannot have waited for it.
 */
function heldBack(client: RedisClient) {
  const budgets = new Set([scripts.spend, scripts.refund, scripts.tally].map(({ sha1 }) => sha1));
  const deciding = new Set([scripts.begin, scripts.settle, scripts.save].map(({ sha1 }) => sha1));
  let answered = Promise.resolve();
  let isDecided = false;
  return {
    client: {
      ...client,
      async evalsha(sha1, ...rest) {
        if (isDecided && budgets.has(sha1)) await answered;
        const reply = await client.evalsha(sha1, ...rest);
        if (deciding.has(sha1)) isDecided = true;
        return reply;
      },
    } satisfies RedisClient,

    /** Behind the answer: rounds of budgets alone. */
    behind: /(?: > (?:spend|refund)(?: \+ (?:spend|refund))*)+$/,

    async during(request: () => Promise<unknown>): Promise<void> {
      isDecided = false;
      let release = (): void => {};
      answered = new Promise((resolve) => {
        release = resolve;
      });
      await request();
      release();
    },
  };
}

describe('what a request asks of Redis', () => {
  const said = (name: string): string => FLOWS[name]?.[1] ?? '';

  it('is one read for a guard', () => {
    expect(said('a guarded page')).toBe('session');
  });

  const ANSWERS = Object.keys(FLOWS).filter((name) => /code of|while locked|wrong code/.test(name));
  const CHALLENGES = Object.keys(FLOWS).filter((name) => /challenge|code by/.test(name));
  it.each([...CHALLENGES, ...ANSWERS])(
    'is no more than two rounds for %s, limits and all',
    (name) => {
      const [, alone, , limited = alone] = FLOWS[name] ?? [];
      expect(limited?.split(' > ').length).toBeLessThanOrEqual(2);
    },
  );

  it.each(ANSWERS)(
    'is, with splitStore, four rounds for %s if it is right, and two if not',
    (name) => {
      const rounds = FLOWS[name]?.[2].replace(/ > spend.*/, '').split(' > ').length;
      expect(rounds).toBe(name.startsWith('the code of') ? 4 : 2);
    },
  );

  it('is the same for a right code as for a wrong one while its factor is locked [THR-8] [A45]', () => {
    const [right, wrong] = [FLOWS['a right code while locked'], FLOWS['a wrong code while locked']];
    expect(right?.slice(1)).toEqual(wrong?.slice(1));
    expect(right).toHaveLength(4);
  });
});
