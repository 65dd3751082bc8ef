import { randomBytes } from 'node:crypto';

import type { Redis } from 'ioredis';

import { memoryStore, splitStore } from '../../lib/index.ts';
import type { Store } from '../../lib/index.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { redisStore } from '../../lib/redis.ts';
import { connected, keysUnder, single } from '../stores/connected.ts';
import { hostTable } from '../stores/host-table.ts';
import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { describeWithRedis, uniquePrefix } from '../support/redis-harness.ts';
import {
  addUser,
  answer,
  challenge,
  enrollTotp,
  sentCode,
  signIn,
  switchOn,
  totpCode,
  userWithTotp,
  wrongAppCode,
} from '../support/story.ts';

const MAILBOX = '/v1/account/mfa/authenticators/email';

describeWithRedis('a user who is erased', () => {
  let clients: readonly [Redis, Redis];
  const apps: TestApp[] = [];
  beforeAll(async () => {
    clients = await connected(single);
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });
  afterAll(() => clients.forEach((client) => client.disconnect()));

  async function start(store: Store): Promise<TestApp> {
    const app = await startApp({ store });
    apps.push(app);
    return app;
  }

  /** Every key under a prefix with all that it holds, as text; the shared budgets by themselves. */
  async function dump(prefix: string) {
    const keys = await keysUnder(prefix, clients);
    const budgets = keys.filter((key) => key.includes('{budget:'));
    const own = keys.filter((key) => !budgets.includes(key));
    const hashes = await Promise.all(own.map((key) => clients[0].hgetall(key)));
    return { text: JSON.stringify(own.map((key, i) => [key, hashes[i]])), budgets };
  }

  /** A user of whom everything is held that can be: all kinds of factors, sessions, challenges, failures. */
  async function known(app: TestApp) {
    const email = `${randomBytes(6).toString('hex')}@example.com`;
    const user = addUser(app, { email, phone: '+491701234567', phoneVerified: true });
    const browser = app.browser();
    await signIn(browser, user);
    const secret = await enrollTotp(app, browser);
    await browser.post(MAILBOX, { email: 'other@example.org' }).expect(200);
    await browser.put(MAILBOX, { otp: sentCode(app) }).expect(200);
    await browser.post('/v1/account/mfa/recovery-codes').expect(201);
    await switchOn(browser);
    const pending = app.browser();
    await signIn(pending, user);
    const open = await challenge(pending, 'totp');
    const wrong = wrongAppCode(app, secret);
    for (let failure = 0; failure < 4; failure++) await answer(pending, open, wrong).expect(401);
    await challenge(pending, 'email');
    const { authenticators, sessions } = await app.mfa.export(user.id);
    const ids = [...authenticators, ...sessions].map(({ id }) => id);
    expect(ids).toHaveLength(6);
    return { user, browser, pending, open, secret, traces: [user.id, userTag(user.id), ...ids] };
  }

  it('leaves nothing in Redis but budgets that expire within a day and name nobody [LOG-6]', async () => {
    const prefix = uniquePrefix();
    const app = await start(redisStore(clients[0], { prefix, timeoutMs: 10_000 }));
    const bystander = await userWithTotp(app);
    const { user, traces } = await known(app);
    const before = (await dump(prefix)).text;
    const missing = traces.filter((trace) => !before.includes(trace));
    expect(missing).toEqual([]);

    app.users.delete(user.id);
    await app.mfa.erase(user.id);

    const { text, budgets } = await dump(prefix);
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
    for (const key of budgets) {
      expect(key).not.toContain(user.id);
      const ttl = await clients[0].pttl(key);
      expect([ttl > 0, ttl <= 86_400_000]).toEqual([true, true]);
    }
    expect(text).toContain(userTag(bystander.user.id));
    await bystander.browser.get('/reports').expect(200);
  });

  it('leaves nothing beside the table of the host, and an empty row in it [LOG-6]', async () => {
    const prefix = uniquePrefix();
    const table = hostTable();
    const volatile = redisStore(clients[0], { prefix, timeoutMs: 10_000 });
    const app = await start(splitStore(table, volatile));
    const { user, traces } = await known(app);
    app.users.delete(user.id);
    await app.mfa.erase(user.id);
    const { text } = await dump(prefix);
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
    const row = JSON.parse(table.rows.get(user.id)?.document ?? '{}') as object;
    expect(row).toMatchObject({ mfa: false, authenticators: [] });
  });

  it('does not come back into a table from which the host has deleted the row [LOG-6]', async () => {
    const table = hostTable();
    const app = await start(splitStore(table, memoryStore()));
    const { user } = await known(app);
    app.users.delete(user.id);
    table.rows.delete(user.id);
    await app.mfa.erase(user.id);
    expect([...table.rows.keys()]).toEqual([]);
    expect((await app.mfa.export(user.id)).sessions).toEqual([]);
  });

  it.each([
    ['Redis', () => redisStore(clients[0], { prefix: uniquePrefix(), timeoutMs: 10_000 })],
    ['memory', memoryStore],
  ])(
    'has no session, challenge or factor any more, in %s, even if the host still has the user',
    async (_, make) => {
      const app = await start(make());
      const { user, browser, pending, open, secret } = await known(app);
      await app.mfa.erase(user.id);
      await browser.get('/reports').expect(401);
      await answer(pending, open, totpCode(app, secret)).expect(401);
      const anew = app.browser();
      await signIn(anew, user);
      await anew.get('/reports').expect(200);
      const { body } = await anew.get('/v1/account/mfa/authenticators').expect(200);
      expect(body).toMatchObject({
        total: 1,
        authenticators: [{ type: 'phone', origin: 'vouched' }],
      });
    },
  );

  it('is an event, and may be erased again', async () => {
    const app = await start(memoryStore());
    const { user } = await known(app);
    await app.mfa.erase(user.id);
    await app.mfa.erase(user.id);
    await app.mfa.erase('nobody');
    const erased = app.events.filter(({ type }) => type === 'user_erased');
    expect(erased.map(({ userId }) => userId)).toEqual([user.id, user.id, 'nobody']);
  });
});
