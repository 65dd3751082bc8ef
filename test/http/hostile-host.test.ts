import { MfaError } from '../../lib/index.ts';
import type { User, Users } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, TestApp } from '../support/app.ts';
import { addUser, signIn, userWithTotp } from '../support/story.ts';

const hang = () => new Promise<never>(() => undefined);
const fail = () => {
  throw new Error('relation "users" does not exist, password=hunter2');
};

describe.each(EXPRESS)("the host's functions on %s", (_name, framework) => {
  const apps: TestApp[] = [];
  const start = async (settings: AppSettings = {}) => {
    const app = await startApp({ framework, hostTimeoutMs: 100, ...settings });
    apps.push(app);
    return app;
  };
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

  const usersOf = (app: () => TestApp, more: Partial<Users>): Users => ({
    findById: (id) => app().users.get(id),
    findByEmail: (email) => [...app().users.values()].find((user) => user.email === email),
    verifyPassword: (user, password) => app().users.get(String(user.id))?.password === password,
    ...more,
  });

  const credentials = { email: 'user-1@example.com', password: 'correct horse battery staple' };

  const BAD_LOOKUPS: readonly (readonly [string, () => unknown])[] = [
    ['throw', fail],
    ['reject', async () => fail()],
    ['hang', hang],
    ['answer with a number', () => 7],
    ['answer with a user without id', () => ({ email: credentials.email })],
    ['answer with an empty id', () => ({ id: '' })],
    ['answer with an object for an id', () => ({ id: { $ne: null } })],
  ];

  it.each(BAD_LOOKUPS)('open nothing when look-ups %s [A75]', async (_how, lookup) => {
    for (const name of ['findByEmail', 'findById'] as const) {
      const app: TestApp = await start({
        users: usersOf(() => app, { [name]: lookup as Users['findById'] }),
      });
      addUser(app);
      const browser = app.browser();
      const { body, headers } = await browser
        .post('/v1/account/sessions/email', credentials)
        .expect(503);
      expect(body).toMatchObject({ type: 'mfa_unavailable' });
      expect(JSON.stringify(body)).not.toMatch(/hunter2|relation/);
      expect(headers['set-cookie']).toBeUndefined();
      await browser.get('/v1/account').expect(401);
    }
  });

  it.each([
    ['throws', fail, 503],
    ['hangs', hang, 503],
    ['answers with undefined', () => undefined, 401],
    ['answers with 1', () => 1, 401],
    ['answers with "yes"', () => 'yes', 401],
    ['answers with a row', () => ({ rows: [] }), 401],
  ])('open nothing when the password check %s [A75]', async (_how, verify, status) => {
    const verifyPassword = verify as unknown as Users['verifyPassword'];
    const app: TestApp = await start({ users: usersOf(() => app, { verifyPassword }) });
    addUser(app);
    const browser = app.browser();
    await browser.post('/v1/account/sessions/email', credentials).expect(status);
    await browser.get('/reports').expect(401);
  });

  it('never take one user for another: a look-up that answers with the wrong one is a fault [A75]', async () => {
    const wrong: { user?: User } = {};
    const app: TestApp = await start({
      users: usersOf(() => app, { findById: (id) => wrong.user ?? app.users.get(id) }),
    });
    const victim = addUser(app, { id: 'victim' });
    const attacker = addUser(app, { id: 'attacker' });
    const browser = app.browser();
    await signIn(browser, attacker);
    wrong.user = victim;
    const { body } = await browser.get('/v1/account').expect(503);
    expect(JSON.stringify(body)).not.toContain('victim');
    const fault = app.events.find(({ type }) => type === 'fault')?.error;
    expect(fault).toMatchObject({ code: 'host_callback_failed' });
  });

  it('end the session of a user who is no longer there', async () => {
    const app = await start();
    const { user, browser } = await userWithTotp(app);
    app.users.delete(user.id);
    await browser.get('/v1/account').expect(401);
    await browser.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(401);
  });

  it('may use numbers for ids, in signIn and in look-ups', async () => {
    const row = { id: 42, email: credentials.email };
    const app: TestApp = await start({
      users: {
        findById: (id) => (id === '42' ? row : null),
        findByEmail: () => row,
        verifyPassword: (user) => user === row,
      },
      routes: (host, mfa) => {
        host.post('/login', (req, res, next) => {
          mfa.signIn(req, row).then((result) => res.json(result), next);
        });
      },
    });
    const browser = app.browser();
    await browser.post('/login').expect(200, { complete: true });
    const { body } = await browser.get('/v1/account').expect(200);
    expect(body).toMatchObject({ $id: '42' });
  });

  it('cannot break a request by an event sink that throws', async () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const app = await start({ onEvent: fail });
    const browser = app.browser();
    await signIn(browser, addUser(app));
    await browser.get('/reports').expect(200);
    expect(stderr.mock.calls.join('')).toContain('onEvent threw');
    expect(stderr.mock.calls.join('')).not.toContain('hunter2');
    stderr.mockRestore();
  });

  it('hear of an unknown user in signIn by an MfaError with the remedy', async () => {
    const errors: unknown[] = [];
    const app = await start({
      routes: (host, mfa) => {
        host.post('/login', (req, res) => {
          mfa.signIn(req, { id: 'nobody' }).catch((error: unknown) => {
            errors.push(error);
            res.status(500).json({});
          });
        });
      },
    });
    await app.browser().post('/login').expect(500);
    expect(errors[0]).toBeInstanceOf(MfaError);
    expect(errors[0]).toMatchObject({ code: 'host_callback_failed' });
  });

  it('learn the reason of every fault, the client never [LOG-5]', async () => {
    let broken = false;
    const app: TestApp = await start({
      users: usersOf(() => app, { findById: (id) => (broken ? fail() : app.users.get(id)) }),
    });
    const browser = app.browser();
    await signIn(browser, addUser(app));
    broken = true;
    const requests = [
      browser.get('/v1/account'),
      browser.get('/v1/account/mfa/factors'),
      browser.post('/v1/account/mfa/challenges', { factor: 'totp' }),
      browser.put('/v1/account/mfa/challenges', { challengeId: 'x', otp: '123456' }),
      browser.post('/v1/account/mfa/authenticators/totp'),
      browser.patch('/v1/account/mfa', { mfa: true }),
      browser.delete('/v1/account/sessions'),
    ];
    for (const request of requests) {
      const { status, body, headers } = await request;
      expect([status, headers['content-type']]).toEqual([503, 'application/json; charset=utf-8']);
      expect(Object.keys(body as object).toSorted()).toEqual([
        'code',
        'message',
        'type',
        'version',
      ]);
      expect(JSON.stringify(body)).not.toMatch(/hunter2|relation|at .*\.ts|Error:/);
    }
    expect(app.events.filter(({ type }) => type === 'fault')).toHaveLength(requests.length);
  });

  it.each<readonly [unknown]>([
    [NaN],
    [Infinity],
    [-Infinity],
    [undefined],
    ['2031'],
    [new Date(0)],
  ])('let nobody in by a clock that answers %p, and say so [AVL-6]', async (broken) => {
    const app = await start({
      routes: (host, mfa) => {
        host.get('/checked', (req, res) => {
          mfa.check(req).then(
            (checked) => res.json(checked),
            (error: MfaError) => res.status(503).json({ type: error.code }),
          );
        });
      },
    });
    const user = addUser(app);
    const [browser, stranger] = [app.browser(), app.browser()];
    await signIn(browser, user);
    const { now } = app.clock;
    app.clock.now = broken as number;
    await browser.get('/reports').expect(503);
    await browser.get('/checked').expect(503, { type: 'host_callback_failed' });
    await browser.get('/v1/account').expect(503);
    await browser.post('/v1/account/mfa/authenticators/totp').expect(503);
    await stranger.post('/v1/account/sessions/email', credentials).expect(503);
    await expect(app.mfa.endSessions(user.id)).rejects.toThrow(/`now` must answer/);
    expect(app.events.filter(({ type }) => type === 'fault')).toHaveLength(5);
    app.clock.now = now;
    await browser.get('/reports').expect(200);
  });

  it('hinder nobody from logging out: it asks the host for nothing [SES-10]', async () => {
    let broken = false;
    const app: TestApp = await start({
      users: usersOf(() => app, { findById: (id) => (broken ? fail() : app.users.get(id)) }),
    });
    const browser = app.browser();
    await signIn(browser, addUser(app));
    broken = true;
    await browser.get('/v1/account').expect(503);
    await browser.delete('/v1/account/sessions/current').expect(204);
    broken = false;
    await browser.get('/v1/account').expect(401);
  });
});
