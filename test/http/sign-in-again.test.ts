import type { Request } from 'express';

import { MfaError, memoryStore } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { oldCookie } from '../support/old-cookie.ts';
import {
  addUser,
  answer,
  challenge,
  enrollTotp,
  signIn,
  switchOn,
  totpCode,
  userWithTotp,
} from '../support/story.ts';

describe.each(EXPRESS)('a sign-in over a session on %s', (_name, framework) => {
  let app: TestApp;
  /** Says that the slow request holds its session, and lets it save that. */
  let arrived: Promise<void>;
  let release: () => void;
  /** What the store of sessions and records is asked for fails. */
  let failing: ReadonlySet<string>;

  async function start(identifies: boolean): Promise<void> {
    let isHere: () => void;
    arrived = new Promise((resolve) => {
      isHere = resolve;
    });
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    failing = new Set();
    const store = memoryStore();
    const unsure = new Proxy(store, {
      get(target, verb: keyof typeof store) {
        if (!failing.has(verb)) return target[verb];
        return async () => {
          throw new MfaError('store_unavailable', 'away');
        };
      },
    });
    app = await startApp({
      framework,
      store: unsure,
      ...(identifies ? { identify: (req: Request) => dataOf(req).uid } : {}),
      routes: (site, mfa) => {
        site.post('/login/:id', (req, res) => {
          mfa.signIn(req, { id: req.params.id }).then(
            (result) => res.json(result),
            (error: MfaError) => res.status(503).json({ type: error.code }),
          );
        });
        // A host that renews nothing at its own login.
        site.post('/become/:id', (req, res) => {
          dataOf(req).uid = req.params.id;
          res.json({});
        });
        site.get('/slow', (req, res) => {
          dataOf(req).late = true;
          isHere();
          void gate.then(() => res.json({}));
        });
        site.use('/guarded-late', (_req, _res, next) => {
          isHere();
          void gate.then(() => next());
        });
        site.get('/guarded-late', mfa.requireAllFactors(), (_req, res) => res.json({}));
      },
    });
  }
  afterEach(() => app.close());

  /** Does something while a slow request holds the session of a browser, which saves it afterwards. */
  async function meanwhile(
    browser: Browser,
    path: string,
    status: number,
    act: () => Promise<unknown>,
  ): Promise<string> {
    const old = browser.cookie() ?? '';
    const slow = oldCookie(app, old)
      .get(path)
      .then((answered) => answered.status);
    await arrived;
    await act();
    release();
    expect(await slow).toBe(status);
    // express-session has it again, pointer and all.
    expect(oldCookie(app, old).stored()).toContain('"mfa"');
    return old;
  }

  it.each(['the same user', 'another'])(
    'leaves nothing of it to a slow request that saves it again, by signIn() of %s [SES-1] [SES-2] [A26]',
    async (who) => {
      await start(false);
      const { user, browser } = await userWithTotp(app);
      const next = who === 'another' ? addUser(app) : user;
      const old = await meanwhile(browser, '/slow', 200, () =>
        browser.post(`/login/${next.id}`).expect(200),
      );
      await oldCookie(app, old).get().expect(401);
      await oldCookie(app, old).get('/v1/account').expect(401);
      const { body } = await browser.get('/v1/account/mfa/factors').expect(200);
      expect(body).toMatchObject({ totp: next === user });
    },
  );

  it('leaves nothing of one that waited too long for its second factor, by the router, though MFA is off later [SES-2] [SES-7]', async () => {
    await start(false);
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    app.clock.forward(600_000);
    const old = await meanwhile(browser, '/slow', 200, () => signIn(browser, user));
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.patch('/v1/account/mfa', { mfa: false }).expect(200);
    await browser.get('/reports').expect(200);
    await oldCookie(app, old).get().expect(401);
  });

  it('is told to the host as the end of the one and the begin of the other', async () => {
    await start(false);
    const { user, browser } = await userWithTotp(app);
    const { body } = await browser.get('/v1/account/sessions/current').expect(200);
    const { $id: session } = body as { $id: string };
    app.events.length = 0;
    await browser.post(`/login/${user.id}`).expect(200);
    expect(app.events).toMatchObject([
      { type: 'signed_out', userId: user.id, session },
      { type: 'signed_in', userId: user.id },
    ]);
  });

  it.each(['enrollment', 'end', 'begin'])(
    'leaves nobody with more than before when the store fails it at %s',
    async (verb) => {
      await start(false);
      const { browser } = await userWithTotp(app);
      const other = addUser(app);
      failing = new Set([verb]);
      await browser.post(`/login/${other.id}`).expect(503, { type: 'store_unavailable' });
      failing = new Set();
      // Who was in is so still or is out; nobody is in as the other.
      const { status, body } = await browser.get('/v1/account');
      expect([status, (body as { $id?: string }).$id]).toEqual(
        verb === 'begin' ? [401, undefined] : [200, 'user-1'],
      );
    },
  );

  it('ends nothing for a user whom nobody knows', async () => {
    await start(false);
    const { browser } = await userWithTotp(app);
    await browser.post('/login/nobody').expect(503, { type: 'host_callback_failed' });
    await browser.get('/reports').expect(200);
  });

  describe('with `identify`', () => {
    /** A user in a browser of a host that says so. */
    async function identified(user = addUser(app)): Promise<Browser> {
      const browser = app.browser();
      await browser.post(`/become/${user.id}`).expect(200);
      return browser;
    }

    it('ends that of another user at first sight of the next [SES-1] [SES-2]', async () => {
      await start(true);
      const user = addUser(app);
      const browser = await identified(user);
      await browser.get('/reports').expect(200);
      await browser.post(`/become/${addUser(app).id}`).expect(200);
      await browser.get('/reports').expect(200);
      expect((await app.mfa.export(user.id)).sessions).toEqual([]);
    });

    it('leaves a session that moved on while a request was on its way with where it was', async () => {
      await start(true);
      const user = addUser(app);
      const first = await identified(user);
      const secret = await enrollTotp(app, first);
      await switchOn(first);
      const browser = await identified(user);
      const id = await challenge(browser, 'totp');
      await meanwhile(browser, '/guarded-late', 401, () =>
        answer(browser, id, totpCode(app, secret)).expect(200),
      );
      await browser.get('/reports').expect(200);
    });
  });
});

function dataOf(req: Request) {
  return req.session as unknown as { uid?: string | undefined; late?: boolean };
}
