import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';

import { memoryStore, MfaError } from '../../lib/index.ts';
import type { Requirement, Store } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
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
} from '../support/story.ts';

const sessions = (store = new session.MemoryStore()) =>
  session({ secret: 'x', store, resave: false, saveUninitialized: false });

describe.each(EXPRESS)('requireAllFactors on %s', (_name, framework) => {
  const apps: TestApp[] = [];
  const start: typeof startApp = async (settings) => {
    const app = await startApp({ framework, ...settings });
    apps.push(app);
    return app;
  };
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

  it('refuses whoever is not signed in', async () => {
    const app = await start();
    const { body, headers } = await app.browser().get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'general_unauthorized_scope', code: 401 });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('guards all that is mounted behind it by app.use', async () => {
    const app = await start({
      routes: (host, mfa) => {
        host.use(mfa.requireAllFactors());
        host.all('/behind', (req, res) => {
          res.json({ who: (req as Request).mfa?.userId });
        });
      },
    });
    const { user, secret, browser } = await userWithTotp(app);
    await browser.get('/behind').expect(200, { who: user.id });
    const pending = app.browser();
    await signIn(pending, user);
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const { body } = await pending[method]('/behind').expect(401);
      expect(body).toMatchObject({ type: 'user_more_factors_required' });
    }
    await answer(pending, await challenge(pending, 'totp'), totpCode(app, secret)).expect(200);
    await pending.post('/behind').expect(200, { who: user.id });
  });

  it('is known for a guard where routes without one are listed', async () => {
    const app = await start({ routes: (host) => void host.get('/open', (_req, res) => res.end()) });
    expect(app.mfa.unguarded(app.app)).toEqual(['GET /open']);
  });

  it('names the factors that would help', async () => {
    const app = await start();
    const { user } = await userWithTotp(app);
    const pending = app.browser();
    await signIn(pending, user);
    const { body } = await pending.get('/reports').expect(401);
    expect(body).toMatchObject({ factors: ['totp'] });
  });

  it('[DEL-12] takes no mail where level 2 is asked for, and the app that it names', async () => {
    const app = await start({
      routes: (host, mfa) => {
        host.get('/payroll', mfa.requireAllFactors({ aal: 2 }), (req, res) => {
          res.json({ aal: (req as Request).mfa?.aal });
        });
      },
    });
    const { user, secret } = await userWithTotp(app, { emailVerified: true });
    const browser = app.browser();
    await signIn(browser, user);
    await answer(browser, await challenge(browser, 'email'), sentCode(app)).expect(200);
    await browser.get('/reports').expect(200);
    const { body } = await browser.get('/payroll').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required', factors: ['totp'] });
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.get('/payroll').expect(200, { aal: 2 });
  });

  it('[DEL-12] has whoever holds a mailbox alone set up an app where level 2 is asked for', async () => {
    const app = await start({
      routes: (host, mfa) => {
        host.get('/payroll', mfa.requireAllFactors({ aal: 2 }), (_req, res) => res.end());
      },
    });
    const browser = app.browser();
    await signIn(browser, addUser(app, { emailVerified: true }));
    await switchOn(browser);
    await answer(browser, await challenge(browser, 'email'), sentCode(app)).expect(200);
    const { body } = await browser.get('/payroll').expect(401);
    expect(body).toMatchObject({
      type: 'user_more_factors_required',
      message: 'A second factor must be set up before this can be used.',
    });
    await enrollTotp(app, browser);
    await browser.get('/payroll').expect(200);
  });

  it('[DEL-12] leads a browser that came by a link to a sign-in with the password', async () => {
    const app = await start({
      routes: (host, mfa) => {
        host.use('/security', mfa.pages({ path: '/security', login: '/login' }));
        host.post('/link', (req, res, next) => {
          mfa.signIn(req, { id: 'user-1' }, { factor: 'email' }).then(() => res.end(), next);
        });
        host.get('/payroll', mfa.requireAllFactors({ aal: 2 }));
      },
    });
    addUser(app, { emailVerified: true });
    const browser = app.browser();
    await browser.post('/link').expect(200);
    const { body } = await browser.get('/payroll').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required', factors: ['password'] });
    await browser
      .get('/payroll')
      .set('accept', 'text/html')
      .expect(303)
      .expect('location', '/login?returnTo=%2Fpayroll')
      .expect('cache-control', 'no-store')
      .expect('vary', /Accept/);
  });

  it('[STP-1] tells clients of APIs in a header what is asked for (RFC 9470 section 3)', async () => {
    const app = await start({
      routes: (host, mfa) => {
        const asked = { '/vault': { maxAgeMs: 90_500 }, '/payroll': { aal: 2 }, '/plain': {} };
        for (const [path, requirement] of Object.entries(asked))
          host.get(path, mfa.requireAllFactors(requirement as Requirement));
        host.get('/both', mfa.requireAllFactors({ aal: 2, maxAgeMs: 300_000 }));
      },
    });
    const { user } = await userWithTotp(app);
    const browser = app.browser();
    const header = async (path: string) => {
      const { headers } = await browser.get(path).expect(401);
      return headers['www-authenticate'] as unknown;
    };
    expect(await header('/both')).toBe('Bearer realm="account"');
    await signIn(browser, user);
    const error = 'Bearer error="insufficient_user_authentication"';
    expect(await header('/plain')).toBe(error);
    expect(await header('/payroll')).toBe(`${error}, acr_values="aal2"`);
    expect(await header('/vault')).toBe(`${error}, max_age="90"`);
    expect(await header('/both')).toBe(`${error}, acr_values="aal2", max_age="300"`);
  });

  it('tells the host who got through and what the session is worth', async () => {
    const app = await start();
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    const { body } = await browser.get('/reports').expect(200);
    expect(body).toMatchObject({
      mfa: { userId: user.id, factors: ['password', 'totp'], amr: ['pwd', 'otp', 'mfa'], aal: 2 },
    });
  });

  it('asks for a proof within maxAgeMs, and counts neither enrolling nor switching on as one', async () => {
    const app = await start({
      routes: (host, mfa) => {
        host.get('/vault', mfa.requireAllFactors({ maxAgeMs: 60_000 }), (_req, res) => {
          res.json({});
        });
      },
    });
    const { secret, browser } = await userWithTotp(app);
    const { body } = await browser.get('/vault').expect(401);
    expect(body).toMatchObject({ type: 'user_challenge_required' });
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.get('/vault').expect(200);
    app.clock.forward(60_000);
    await browser.get('/vault').expect(401);
    await browser.get('/reports').expect(200);
  });

  it('sends a user without a second factor to set one up when the route asks for one', async () => {
    const app = await start({
      routes: (host, mfa) => {
        host.get('/vault', mfa.requireAllFactors({ enrolled: true }), (_req, res) => {
          res.json({});
        });
      },
    });
    const browser = app.browser();
    await signIn(browser, addUser(app));
    await browser.get('/reports').expect(200);
    const { body } = await browser.get('/vault').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required' });
  });

  it.each(['/reports', '/v1/account'])(
    'ends %s in an error, never in the route, without express-session [GRD-2]',
    async (path) => {
      const app = await start({ withSession: false });
      const { body } = await app.browser().get(path).expect(500);
      expect(body).toMatchObject({ type: 'general_server_error', message: 'Server Error' });
      const fault = app.events.find(({ type }) => type === 'fault');
      expect(fault?.error).toBeInstanceOf(MfaError);
      expect(fault?.error).toMatchObject({
        code: 'session_missing',
        message: expect.stringContaining('Mount express-session before') as string,
      });
    },
  );

  it.each<readonly [string, () => Parameters<typeof startApp>[0]]>([
    ['comes after', () => ({ routes: (host) => host.use(sessions()) })],
    ['covers another path', () => ({ before: [express.Router().use('/web', sessions())] })],
    [
      'has lost its store',
      () => {
        const store = new session.MemoryStore();
        const handler = sessions(store);
        store.emit('disconnect');
        return { before: [handler] };
      },
    ],
  ])('ends in an error and an event where express-session %s [GRD-2]', async (_how, mounted) => {
    const app = await start({ ...mounted(), withSession: false });
    const paths = ['/reports', '/v1/account', '/v1/account/mfa/challenges'];
    for (const path of paths) {
      const asked = path.endsWith('challenges')
        ? app.browser().post(path, { factor: 'totp' })
        : app.browser().get(path);
      const { body } = await asked.expect(500);
      expect(body).toMatchObject({ type: 'general_server_error' });
    }
    const faults = app.events.filter(({ type }) => type === 'fault');
    expect(faults.map(({ error }) => (error as MfaError).code)).toEqual(
      paths.map(() => 'session_missing'),
    );
  });

  it.each<readonly [string, Parameters<typeof startApp>[0]]>([
    ['', {}],
    [' and whoever `identify` names', { identify: ({ headers }) => headers['x-user'] }],
  ])(
    'ends in an error before anything is done for the sessions of cookie-session%s [GRD-2]',
    async (_who, options) => {
      const cookieSession: express.RequestHandler = (req, _res, next) => {
        Object.assign(req, { session: { isNew: true } });
        next();
      };
      const app = await start({ ...options, withSession: false, before: [cookieSession] });
      const { id, email, password } = addUser(app);
      const browser = app.browser();
      await browser.get('/reports').set('x-user', id).expect(500);
      await browser.post('/v1/account/sessions/email', { email, password }).expect(500);
      const missing = {
        type: 'fault',
        error: expect.objectContaining({ code: 'session_missing' }),
      };
      expect(app.events).toEqual(Array(2).fill(expect.objectContaining(missing)));
    },
  );

  it.each([
    ['rejects', async () => Promise.reject(new MfaError('store_unavailable', 'Redis is away.'))],
    [
      'throws',
      () => {
        throw new TypeError('bug');
      },
    ],
  ])('answers without letting through when the store %s [GRD-2]', async (_how, fail) => {
    const store = memoryStore();
    const broken: Store = { ...store, session: fail as Store['session'] };
    const app = await start({ store: broken });
    const { browser } = { browser: app.browser() };
    await signIn(browser, addUser(app));
    const { status, body } = await browser.get('/reports');
    expect([500, 503]).toContain(status);
    expect(JSON.stringify(body)).not.toContain('Redis is away');
    expect(JSON.stringify(body)).not.toContain('report');
  });

  it('answers 503 when the store is away', async () => {
    const store = memoryStore();
    let away = false;
    const session: Store['session'] = (pointer) =>
      away
        ? Promise.reject(new MfaError('store_unavailable', 'Redis did not answer.'))
        : store.session(pointer);
    const app = await start({ store: { ...store, session } });
    const browser = app.browser();
    await signIn(browser, addUser(app));
    away = true;
    const { body } = await browser.get('/reports').expect(503);
    expect(body).toMatchObject({ type: 'mfa_unavailable', code: 503 });
    away = false;
    await browser.get('/reports').expect(200);
  });

  it("leaves what the host's own handlers throw to the host's own error handler", async () => {
    const seen: unknown[] = [];
    const app = await start({
      routes: (host, mfa) => {
        host.get('/broken', mfa.requireAllFactors(), () => {
          throw new Error('of the host');
        });
        host.use(((error: Error, _req: Request, res: Response, _next: unknown) => {
          seen.push(error.message);
          res.status(418).json({});
        }) as unknown as RequestHandler);
      },
    });
    const browser = app.browser();
    await signIn(browser, addUser(app));
    await browser.get('/broken').expect(418);
    expect(seen).toEqual(['of the host']);
    expect(app.events.some(({ type }) => type === 'fault')).toBe(false);
  });

  it('rebuilds facts that are missing from the enrollment', async () => {
    const store = memoryStore();
    let hide = false;
    const session: Store['session'] = async (pointer) => {
      const { record } = await store.session(pointer);
      return hide && record ? { record } : store.session(pointer);
    };
    const app = await start({ store: { ...store, session } });
    const { user } = await userWithTotp(app);
    const pending = app.browser();
    await signIn(pending, user);
    hide = true;
    const { body } = await pending.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required' });
  });
});
