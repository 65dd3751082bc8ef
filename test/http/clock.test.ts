import { memoryStore } from '../../lib/index.ts';
import { redisStore } from '../../lib/redis.ts';
import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { describeWithRedis, uniquePrefix } from '../support/redis-harness.ts';
import { answer, challenge, signIn, totpCode, userWithTotp } from '../support/story.ts';
import { connected, single } from '../stores/connected.ts';

/** A user signs in with both factors by a clock that answers parts of a millisecond, as `performance` does. */
async function signedIn(app: TestApp) {
  app.clock.forward(0.75);
  const { user, secret } = await userWithTotp(app);
  const browser = app.browser();
  await signIn(browser, user);
  await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
  await browser.get('/reports').expect(200);
  return (await app.mfa.export(user.id)).sessions;
}

describe('a clock that answers parts of a millisecond', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({ store: memoryStore() });
  });
  afterEach(() => app.close());

  it('is read in whole ones, by what is kept and by what the host is told', async () => {
    const sessions = await signedIn(app);
    const kept = sessions.flatMap(({ createdAt, seenAt }) => [createdAt, seenAt]);
    const told = app.events.map(({ at }) => at);
    expect([...kept, ...told].filter((at) => !Number.isInteger(at))).toEqual([]);
    expect([kept, told].map(({ length }) => length > 0)).toEqual([true, true]);
  });
});

describeWithRedis('a clock that answers parts of a millisecond, on Redis', () => {
  let clients: Awaited<ReturnType<typeof connected<ReturnType<typeof single>>>>;
  let app: TestApp;
  beforeAll(async () => {
    clients = await connected(single);
    const store = redisStore(clients[0], { prefix: uniquePrefix(), timeoutMs: 10_000 });
    app = await startApp({ store });
  });
  afterAll(async () => {
    await app.close();
    clients.forEach((client) => client.disconnect());
  });

  it('lets in as any other [A50]', async () => {
    expect(await signedIn(app)).toHaveLength(2);
  });
});
