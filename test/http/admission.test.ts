import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, HostUser, TestApp } from '../support/app.ts';
import { addUser, enrollTotp, switchOn } from '../support/story.ts';

const fail = () => {
  throw new Error('session of ada, password=hunter2');
};

describe.each(EXPRESS)("the host's `identify` on %s", (_name, framework) => {
  let app: TestApp;
  let user: HostUser;
  let owner: Browser;
  let identify: () => unknown;
  beforeEach(async () => {
    app = await startApp({
      framework,
      hostTimeoutMs: 100,
      identify: () => identify(),
      routes: (host, mfa) => {
        host.get('/checked', (req, res) => {
          mfa.check(req).then(
            ({ passed }) => res.status(passed ? 200 : 401).json({}),
            (error: { code: string }) => res.status(503).json({ type: error.code }),
          );
        });
      },
    });
    user = addUser(app);
    identify = () => user.id;
    owner = app.browser();
    await enrollTotp(app, owner);
    await switchOn(owner);
  });
  afterEach(() => app.close());

  /** What guard, `check()` and routes answer the owner, whose session has all factors, and a stranger. */
  async function answers() {
    const all = [];
    for (const browser of [owner, app.browser()]) {
      all.push(
        await browser.get('/reports'),
        await browser.get('/checked'),
        await browser.get('/v1/account'),
        await browser.post('/v1/account/mfa/challenges', { factor: 'totp' }),
        await browser.patch('/v1/account/mfa', { mfa: false }),
      );
    }
    return all;
  }

  it.each([
    ['throws', fail, 'host_callback_failed'],
    ['rejects', async () => fail(), 'host_callback_failed'],
    ['never answers', () => new Promise(() => undefined), 'host_callback_timeout'],
  ])(
    'opens nothing when it %s, and the host hears why [AVL-6] [A75]',
    async (_how, broken, code) => {
      identify = broken;
      const refused = await answers();
      for (const { status, headers, text } of refused) {
        expect([status, headers['set-cookie']]).toEqual([503, undefined]);
        expect(text).not.toMatch(/hunter2|ada/);
      }
      const faults = app.events.filter(({ type }) => type === 'fault');
      expect(faults.map(({ error }) => error)).toEqual(
        refused.map(() => expect.objectContaining({ code })),
      );
      identify = () => user.id;
      await owner.get('/reports').expect(200);
    },
  );

  it.each<readonly [string, (id: string) => unknown]>([
    ['true', () => true],
    ['no number', () => NaN],
    ['a bigint', () => 1n],
    ['a symbol', () => Symbol('user')],
    ['a user instead of an id', (id) => ({ id })],
    ['a list with the id', (id) => [id]],
    ['what turns into the id as a text, as an ObjectId does', (id) => ({ toString: () => id })],
    ['a promise of such', async (id) => [id]],
    ['a function', (id) => () => id],
  ])(
    'opens nothing when it answers with %s, and the host hears what an id is [AVL-6] [A75]',
    async (_what, odd) => {
      identify = () => odd(user.id);
      const refused = await answers();
      for (const { status, headers } of refused)
        expect([status, headers['set-cookie']]).toEqual([503, undefined]);
      const told = expect.objectContaining({
        code: 'host_callback_failed',
        message: expect.stringMatching(/^`identify` must answer .* String\(user\._id\)\.$/),
      });
      const faults = app.events.filter(({ type }) => type === 'fault');
      expect(faults.map(({ error }) => error)).toEqual(refused.map(() => told));
      identify = () => user.id;
      await owner.get('/reports').expect(200);
    },
  );

  it.each<readonly [string, (id: string) => unknown]>([
    ['undefined', () => undefined],
    ['null', () => null],
    ['false', () => false],
    ['an empty text', () => ''],
    ['a promise of nobody', async () => null],
    ['the id with a space', (id) => `${id} `],
    ['nobody known', () => 'nobody'],
    ['__proto__', () => '__proto__'],
  ])('signs nobody in when it answers with %s [AVL-6] [A75]', async (_what, odd) => {
    identify = () => odd(user.id);
    for (const { status, headers } of await answers())
      expect([status, headers['set-cookie']]).toEqual([401, undefined]);
    identify = () => user.id;
    await owner.get('/reports').expect(200);
    expect(app.events.filter(({ type }) => type === 'fault')).toEqual([]);
  });

  it('opens nothing of another user by the factors of the one before [AVL-6] [A75]', async () => {
    const other = addUser(app);
    identify = () => other.id;
    await switchOn(await withApp(other));
    for (const path of ['/reports', '/checked']) await owner.get(path).expect(401);
    await owner.patch('/v1/account/mfa', { mfa: false }).expect(401);
  });

  async function withApp({ id }: HostUser): Promise<Browser> {
    identify = () => id;
    const browser = app.browser();
    await enrollTotp(app, browser);
    return browser;
  }
});
