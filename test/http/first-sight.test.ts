import type { Request } from 'express';

import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, HostUser, TestApp } from '../support/app.ts';
import { nextOf } from '../support/next-of.ts';
import { addUser, answer, challenge, enrollTotp, switchOn, totpCode } from '../support/story.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TOTP = '/v1/account/mfa/authenticators/totp';

describe.each(EXPRESS)('the first sight of a login with `identify` on %s', (_name, framework) => {
  let app: TestApp;
  let user: HostUser;
  let browser: Browser;
  beforeEach(async () => {
    app = await startApp({
      framework,
      identify: (req) => dataOf(req).uid,
      routes: (host, mfa) => {
        host.use('/security', mfa.pages({ login: '/login' }));
        host.post('/login/:id', (req, res, next) => {
          req.session.regenerate((error?: unknown) => {
            if (error) return next(error);
            dataOf(req).uid = req.params.id;
            return res.json({});
          });
        });
        // A login that goes on in the session that was there.
        host.post('/become/:id', (req, res) => {
          dataOf(req).uid = req.params.id;
          res.json({});
        });
        host.post('/told/:id', (req, res, next) => {
          mfa.signIn(req, { id: req.params.id }).then((result) => res.json(result), next);
        });
      },
    });
    user = addUser(app);
    browser = app.browser();
    await browser.post(`/login/${user.id}`).expect(200);
  });
  afterEach(() => app.close());

  /** What express-session's store holds of a browser, and is made to hold. */
  const sessions = () => (app.sessions as unknown as { sessions: Record<string, string> }).sessions;
  const held = (): Record<string, unknown> => {
    const { cookie: _, ...data } = JSON.parse(sessions()[idOf(browser)] ?? '{}') as HeldSession;
    return data;
  };
  const hold = (more: Record<string, unknown>): void => {
    const before = JSON.parse(sessions()[idOf(browser)] ?? '{}') as HeldSession;
    sessions()[idOf(browser)] = JSON.stringify({ ...before, ...more });
  };

  /** Whether the session may bind a first factor: 200, or 401 and why not. */
  async function mayBind(): Promise<readonly unknown[]> {
    const { status, body } = await browser.post(TOTP);
    const { type, factors } = body as { type?: string; factors?: readonly string[] };
    return status === 200 ? [status] : [status, type, factors];
  }
  const TOO_OLD = [401, 'user_challenge_required', []];

  it('is all that a session which outlived ours is worth: no old cookie binds a first factor [ENR-2]', async () => {
    expect(await mayBind()).toEqual([200]);
    app.clock.forward(30 * DAY);
    await browser.get('/reports').expect(200);
    expect(await mayBind()).toEqual(TOO_OLD);
    // However often it is begun anew.
    app.clock.forward(30 * DAY);
    expect(await mayBind()).toEqual(TOO_OLD);
  });

  it('is all that one is worth which others ended meanwhile [ENR-2]', async () => {
    await browser.get('/reports').expect(200);
    app.clock.forward(11 * MINUTE);
    await app.mfa.endSessions(user.id);
    expect(await mayBind()).toEqual(TOO_OLD);
  });

  it('moves along to each new id [ENR-2] [SES-1]', async () => {
    const before = browser.cookie();
    await enrollTotp(app, browser);
    await browser.delete(TOTP).expect(401);
    expect(browser.cookie()).not.toBe(before);
    await app.mfa.forget(user.id);
    app.clock.forward(30 * DAY);
    expect(await mayBind()).toEqual(TOO_OLD);
  });

  it('comes again with a login that begins a new session, or that is told', async () => {
    await browser.get('/reports').expect(200);
    for (const path of ['/login', '/told']) {
      app.clock.forward(30 * DAY);
      expect(await mayBind()).toEqual(TOO_OLD);
      await browser.post(`${path}/${user.id}`).expect(200);
      expect(await mayBind()).toEqual([200]);
    }
    // What was told is worth no more than before once it is over.
    app.clock.forward(DAY);
    expect(await mayBind()).toEqual(TOO_OLD);
  });

  it('does not come again with a login of the same user that goes on in the old session [ENR-2]', async () => {
    await browser.get('/reports').expect(200);
    app.clock.forward(30 * DAY);
    await browser.post(`/become/${user.id}`).expect(200);
    expect(await mayBind()).toEqual(TOO_OLD);
  });

  it('is of one user: that of another in the same session is their own', async () => {
    await browser.get('/reports').expect(200);
    app.clock.forward(30 * DAY);
    const { id } = addUser(app);
    await browser.post(`/become/${id}`).expect(200);
    expect(await mayBind()).toEqual([200]);
    await app.mfa.endSessions(id);
    expect(await mayBind()).toEqual([200]);
    app.clock.forward(30 * DAY);
    expect(await mayBind()).toEqual(TOO_OLD);
  });

  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['zero', 0],
    ['a time before all times', -1],
    ['a text', '1935817690000'],
    ['a list', [1935817690000]],
    ['true', true],
    ['a time to come', Number.MAX_SAFE_INTEGER],
  ])('is never where the session says %s of it [ENR-2] [STO-11]', async (_what, odd) => {
    await browser.get('/reports').expect(200);
    await app.mfa.endSessions(user.id);
    expect(await mayBind()).toEqual([200]);
    await app.mfa.endSessions(user.id);
    hold({ mfaFirstSeenAt: odd });
    expect(await mayBind()).toEqual(TOO_OLD);
    await browser.get('/reports').expect(200);
    await app.mfa.endSessions(user.id);
    expect(await mayBind()).toEqual(TOO_OLD);
  });

  it.each(['no pointer', null])(
    'is as it was where the session holds %p for a pointer',
    async (mfa) => {
      await browser.get('/reports').expect(200);
      app.clock.forward(30 * DAY);
      hold({ mfa });
      expect(await mayBind()).toEqual(TOO_OLD);
    },
  );

  it('keeps nobody from bringing the second factor, however long ago it was [SES-7]', async () => {
    const secret = await enrollTotp(app, browser);
    await switchOn(browser);
    app.clock.forward(30 * DAY);
    const { body } = await browser.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required' });
    app.clock.forward(9 * MINUTE);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.get('/reports').expect(200);
    await browser.post('/v1/account/mfa/recovery-codes').expect(201);
  });

  it('is held as a time, and nothing else of ours but the pointer [STO-11]', async () => {
    const at = app.clock.now;
    await browser.get('/reports').expect(200);
    app.clock.forward(MINUTE);
    await enrollTotp(app, browser);
    expect(held()).toEqual({
      uid: user.id,
      mfa: expect.stringMatching(/^[\w-]{43}\.[\w-]{22}\.[\w-]{43}$/),
      mfaFirstSeenAt: at,
    });
  });

  it('is told by the pages when it was too long ago, with the way to another login', async () => {
    await browser.get('/reports').expect(200);
    app.clock.forward(30 * DAY);
    const form = { submit: '' };
    const page = await browser.post('/security/set-up/totp').type('form').send(form).expect(401);
    expect(page.text).toContain('You signed in too long ago for this change.');
    const { text } = await browser.post('/security/sign-out').type('form').send(form).expect(200);
    expect(nextOf(text)).toMatch(/^\/login/);
    expect(held()).toEqual({});
    await browser.post(`/login/${user.id}`).expect(200);
    await browser.post('/security/set-up/totp').type('form').send(form).expect(200);
  });
});

interface HeldSession extends Record<string, unknown> {
  readonly cookie?: unknown;
}

function dataOf(req: Request) {
  return req.session as unknown as { uid?: string | undefined };
}

/** The id of express-session in a browser's cookie. */
function idOf(browser: Browser): string {
  return /^s:([^.]+)\./.exec(decodeURIComponent(browser.cookie() ?? ''))?.[1] ?? '';
}
