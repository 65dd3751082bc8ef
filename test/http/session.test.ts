import { randomUUID } from 'node:crypto';

import type { Request, Response } from 'express';

import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { oldCookie } from '../support/old-cookie.ts';
import { answer, challenge, signIn, totpCode, userWithTotp } from '../support/story.ts';

describe.each(EXPRESS)('the session on %s', (_name, framework) => {
  let app: TestApp;
  /** Holds a slow request of the host's open until it is told to go on. */
  let release: () => void;
  /** Resolves once that request has read its session. */
  let held: Promise<void>;
  beforeEach(async () => {
    let arrived: () => void;
    held = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    app = await startApp({
      framework,
      routes: (host) => {
        host.get('/note', (req: Request, res: Response) => {
          const data = req.session as unknown as { basket?: string };
          data.basket ??= randomUUID();
          res.json({ basket: data.basket, user: (req as { user?: unknown }).user ?? null });
        });
        host.get('/remember', (req: Request, res: Response) => {
          const ms = Number(req.query['ms']);
          if (ms > 0) req.session.cookie.maxAge = ms;
          Object.assign(req.session, { seen: true });
          res.json({});
        });
        host.get('/slow', (req: Request, res: Response) => {
          const data = req.session as unknown as { late?: string };
          data.late = randomUUID();
          arrived();
          void gate.then(() => res.json({}));
        });
      },
    });
  });
  afterEach(() => app.close());

  async function complete(browser: Browser, secret: string): Promise<void> {
    const id = await challenge(browser, 'totp');
    await answer(browser, id, totpCode(app, secret)).expect(200);
  }

  it.each<readonly [string, number | undefined]>([
    ['ends with the browser', undefined],
    ['is remembered for 30 days', 30 * 24 * 3_600_000],
  ])('keeps the lifetime that the host gave its cookie: one that %s', async (_what, maxAge) => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await browser.get(`/remember?ms=${maxAge ?? ''}`).expect(200);
    await signIn(browser, user);
    const id = await challenge(browser, 'totp');
    const { headers } = await answer(browser, id, totpCode(app, secret)).expect(200);
    const cookies = (headers['set-cookie'] as unknown as string[]).join('\n');
    const expires = /connect\.sid=[^\n]*Expires=([^;]+)/.exec(cookies)?.[1];
    if (maxAge === undefined) expect(expires).toBeUndefined();
    else expect(Math.abs(Date.parse(expires ?? '') - Date.now() - maxAge)).toBeLessThan(60_000);
  });

  it('has a new id after the first factor, after the second and after a change of factors [SES-1]', async () => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await browser.get('/note').expect(200);
    const seen = [browser.cookie()];
    await signIn(browser, user);
    seen.push(browser.cookie());
    await complete(browser, secret);
    seen.push(browser.cookie());
    await browser.post('/v1/account/mfa/recovery-codes').expect(201);
    seen.push(browser.cookie());
    expect(new Set(seen).size).toBe(4);
    for (const old of seen.slice(0, -1)) await oldCookie(app, old).get().expect(401);
    await browser.get('/reports').expect(200);
  });

  it('stays dead under its old id though a slow request saves it again, at elevation [SES-2] [A26] [A27]', async () => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    const old = browser.cookie();
    const slow = oldCookie(app, old)
      .get('/slow')
      .then((response) => response);
    await held;
    await complete(browser, secret);
    release();
    await slow;
    // express-session has it again, pointer and all; it points at nothing.
    expect(oldCookie(app, old).stored()).toContain('"mfa"');
    const { body } = await oldCookie(app, old).get().expect(401);
    expect(body).toMatchObject({ type: 'general_unauthorized_scope' });
    await browser.get('/reports').expect(200);
  });

  it('stays dead under its old id though a slow request saves it again, at logout [SES-2] [A26]', async () => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    await complete(browser, secret);
    const old = browser.cookie();
    const slow = oldCookie(app, old)
      .get('/slow')
      .then((response) => response);
    await held;
    await browser.delete('/v1/account/sessions/current').expect(204);
    release();
    await slow;
    expect(oldCookie(app, old).stored()).toContain('"mfa"');
    await oldCookie(app, old).get().expect(401);
    await oldCookie(app, old).get('/v1/account').expect(401);
  });

  it('shows the host no user while a factor is missing [SES-3]', async () => {
    const { user } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    const { body } = await browser.get('/note').expect(200);
    expect(body).toMatchObject({ user: null });
    const stored = JSON.stringify((app.sessions as unknown as { sessions: object }).sessions);
    expect(stored).not.toContain(user.id);
    await browser.get('/reports').expect(401);
  });

  it('is saved before the answer leaves: the next request sees it [SES-9]', async () => {
    const { user, secret } = await userWithTotp(app);
    for (let round = 0; round < 25; round++) {
      app.clock.forward(30_000);
      const browser = app.browser();
      const { email, password } = user;
      const login = await browser.post('/v1/account/sessions/email', { email, password });
      const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
      const asked = await browser.agent
        .post('/v1/account/mfa/challenges')
        .set('cookie', cookie)
        .set('x-requested-with', 'test')
        .send({ factor: 'totp' })
        .expect(201);
      const { $id } = asked.body as { $id: string };
      const proved = await answer(browser, $id, totpCode(app, secret)).expect(200);
      const set = proved.headers['set-cookie'] as unknown as readonly string[];
      const next = set.find((one) => one.startsWith('connect.sid='))?.split(';')[0] ?? '';
      await app.browser().agent.get('/reports').set('cookie', next).expect(200);
    }
  });

  it('holds an opaque pointer of ours and nothing else [STO-11]', async () => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    await complete(browser, secret);
    const { sessions } = app.sessions as unknown as { sessions: Record<string, string> };
    for (const text of Object.values(sessions)) {
      const { cookie: _, ...ours } = JSON.parse(text) as Record<string, unknown>;
      expect(Object.keys(ours)).toEqual(['mfa']);
      expect(ours.mfa).toMatch(/^[\w-]{43}\.[\w-]{22}\.[\w-]{43}$/);
    }
  });

  it("keeps the host's own data and cookie lifetime through sign-in and elevation", async () => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    const { body: before } = await browser.get('/note').expect(200);
    await signIn(browser, user);
    await complete(browser, secret);
    const { body: after } = await browser.get('/note').expect(200);
    expect(after).toMatchObject({ basket: (before as { basket: string }).basket });
  });

  it("ends the host's session with its data at logout", async () => {
    const { user } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    const { body: before } = await browser.get('/note').expect(200);
    await browser.delete('/v1/account/sessions/current').expect(204);
    const { body: after } = await browser.get('/note').expect(200);
    expect((after as { basket: string }).basket).not.toBe((before as { basket: string }).basket);
  });

  it('grants nothing for any cookie that was set before the last factor [GRD-4] [A60]', async () => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    const cookies: (string | undefined)[] = [];
    await browser.get('/note');
    cookies.push(browser.cookie());
    await signIn(browser, user);
    cookies.push(browser.cookie());
    await challenge(browser, 'totp');
    cookies.push(browser.cookie());
    await complete(browser, secret);
    for (const cookie of cookies) {
      await oldCookie(app, cookie).get().expect(401);
      await oldCookie(app, cookie).get('/v1/account').expect(401);
    }
  });

  it('gives no access to a session id that an attacker planted [A25]', async () => {
    const { user, secret } = await userWithTotp(app);
    const attacker = app.browser();
    await attacker.get('/note').expect(200);
    const planted = attacker.cookie();
    const victim = app.browser();
    await victim.agent.get('/note').set('cookie', `connect.sid=${planted}`);
    await signIn(victim, user);
    await complete(victim, secret);
    await oldCookie(app, planted).get().expect(401);
    await oldCookie(app, planted).get('/v1/account').expect(401);
  });

  it('ends only itself while a factor is missing', async () => {
    const { user, browser: owner } = await userWithTotp(app);
    const { body } = await owner.get('/v1/account/sessions/current').expect(200);
    const pending = app.browser();
    await signIn(pending, user);
    await pending.delete(`/v1/account/sessions/${(body as { $id: string }).$id}`).expect(401);
    await pending.delete('/v1/account/sessions').expect(401);
    await owner.get('/reports').expect(200);
    await pending.delete('/v1/account/sessions/current').expect(204);
    await pending.get('/v1/account/mfa/factors').expect(401);
  });

  it('is over after an hour without a request, after a day in all, and after ten minutes without its second factor [SES-4] [SES-7]', async () => {
    const { user, secret } = await userWithTotp(app);
    const idle = app.browser();
    await signIn(idle, user);
    await complete(idle, secret);
    app.clock.forward(3_599_000);
    await idle.get('/reports').expect(200);
    app.clock.forward(3_600_000);
    await idle.get('/reports').expect(401);

    const busy = app.browser();
    await signIn(busy, user);
    await complete(busy, secret);
    for (let hours = 0; hours < 23.5; hours += 0.5) {
      app.clock.forward(1_800_000);
      await busy.get('/reports').expect(200);
    }
    app.clock.forward(1_800_000);
    await busy.get('/reports').expect(401);

    const pending = app.browser();
    await signIn(pending, user);
    app.clock.forward(600_000);
    const { body } = await pending.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'general_unauthorized_scope' });
  });
});
