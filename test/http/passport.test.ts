import type { Request } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';

import { EXPRESS, startApp } from '../support/app.ts';
import type { HostUser, TestApp } from '../support/app.ts';
import { addUser, answer, challenge, enrollTotp, switchOn, totpCode } from '../support/story.ts';

/** A host that signs its users in by Passport, and tells us nothing of it. */
async function startHost(framework: (typeof EXPRESS)[number][1]): Promise<TestApp> {
  const auth = new passport.Passport();
  auth.use(
    new Strategy({ usernameField: 'email' }, (email, password, done) => {
      const user = [...app.users.values()].find((one) => one.email === email);
      done(null, user?.password === password ? user : false);
    }),
  );
  auth.serializeUser((user, done) => done(null, (user as HostUser).id));
  auth.deserializeUser((id: string, done) => done(null, app.users.get(id) ?? false));
  const app: TestApp = await startApp({
    framework,
    identify: (req: Request) => (req as unknown as { user?: HostUser }).user?.id,
    before: [auth.initialize(), auth.session()],
    routes: (host) => {
      host.get('/login', auth.authenticate('local'), (req, res) => {
        res.json({ id: (req as unknown as { user?: HostUser }).user?.id });
      });
      host.get('/logout', (req, res, next) => {
        req.logout((error: unknown) => (error ? next(error) : res.json({})));
      });
    },
  });
  return app;
}

describe.each(EXPRESS)('behind Passport on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startHost(framework);
  });
  afterEach(() => app.close());

  const login = (browser: ReturnType<TestApp['browser']>, user: HostUser) =>
    browser.get('/login').query({ email: user.email, password: user.password }).expect(200);

  async function owner() {
    const user = addUser(app);
    const browser = app.browser();
    await login(browser, user);
    const secret = await enrollTotp(app, browser);
    await switchOn(browser);
    return { user, browser, secret };
  }

  it('a user who signed in by a route never seen here is pending until the factors are there', async () => {
    const { user, secret } = await owner();
    const browser = app.browser();
    await browser.get('/reports').expect(401);
    await login(browser, user);
    const { body } = await browser.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required' });
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.get('/reports').expect(200);
  });

  it('stays signed in with Passport through the change of session at elevation', async () => {
    const { user, secret } = await owner();
    const browser = app.browser();
    await login(browser, user);
    const before = browser.cookie();
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    expect(browser.cookie()).not.toBe(before);
    const { body } = await browser.get('/v1/account').expect(200);
    expect(body).toMatchObject({ $id: user.id });
  });

  it('a pointer that belongs to another user counts as none', async () => {
    const { user, secret } = await owner();
    const { user: other } = await owner();
    const browser = app.browser();
    await login(browser, user);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.get('/reports').expect(200);
    await login(browser, other);
    await browser.get('/reports').expect(401);
  });

  it('whoever logs out is out, and starts anew at the next login', async () => {
    const { user, secret } = await owner();
    const browser = app.browser();
    await login(browser, user);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.get('/logout').expect(200);
    await browser.get('/reports').expect(401);
    await login(browser, user);
    const { body } = await browser.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required' });
  });

  it('whoever stayed signed in for weeks binds a first factor after another login only [ENR-2]', async () => {
    const user = addUser(app);
    const browser = app.browser();
    await login(browser, user);
    await browser.get('/reports').expect(200);
    app.clock.forward(30 * 24 * 3_600_000);
    await browser.get('/reports').expect(200);
    const { body } = await browser.post('/v1/account/mfa/authenticators/totp').expect(401);
    expect(body).toMatchObject({ type: 'user_challenge_required' });
    await login(browser, user);
    await enrollTotp(app, browser);
  });

  it('whoever ends the session here is out of Passport, too', async () => {
    const { user } = await owner();
    const browser = app.browser();
    await login(browser, user);
    await browser.delete('/v1/account/sessions/current').expect(204);
    const { body } = await browser.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'general_unauthorized_scope' });
  });

  it('twenty first requests at once agree on one session', async () => {
    const { user } = await owner();
    const browser = app.browser();
    await login(browser, user);
    const cookie = `connect.sid=${browser.cookie()}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.browser().agent.get('/reports').set('cookie', cookie)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    await challenge(browser, 'totp');
  });
});
