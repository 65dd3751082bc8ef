import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import type { NextFunction, Request, Response } from 'express';
import session from 'express-session';

import type { Mfa } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { challenge, signIn, totpCode, userWithTotp } from '../support/story.ts';

const SLOW_MS = 20;

/** A store of sessions that takes its time before anything is there. */
class SlowStore extends session.MemoryStore {
  override set(sid: string, data: session.SessionData, done?: (error?: unknown) => void): void {
    void wait(SLOW_MS).then(() => super.set(sid, data, done));
  }
}

/** A store of sessions that takes no writes for a while. */
class FailingStore extends session.MemoryStore {
  fails = false;

  override set(sid: string, data: session.SessionData, done?: (error?: unknown) => void): void {
    if (this.fails) done?.(new Error('READONLY You can not write'));
    else super.set(sid, data, done);
  }
}

it.each(EXPRESS)(
  'a session that is not saved on %s is a sign-in and a second factor that did not happen [SES-9]',
  async (_name, framework) => {
    const store = new FailingStore();
    const app = await startApp({
      framework,
      withSession: false,
      before: [session({ secret: 's'.repeat(32), resave: false, saveUninitialized: false, store })],
    });
    const { user, secret } = await userWithTotp(app);
    const credentials = { email: user.email, password: user.password };
    const browser = app.browser();
    store.fails = true;
    // Express destroys the connection of an answer whose session could not be saved.
    const last = { connection: 'close' };
    const { body } = await browser
      .post('/v1/account/sessions/email', credentials)
      .set(last)
      .expect(503);
    expect(body).toMatchObject({ type: 'mfa_unavailable' });
    expect(app.events.at(-1)).toMatchObject({
      type: 'fault',
      error: { code: 'store_unavailable', message: expect.stringContaining('express-session') },
    });
    store.fails = false;
    await browser.get('/v1/account/mfa/factors').expect(401);
    await browser.post('/v1/account/sessions/email', credentials).expect(201);
    const challengeId = await challenge(browser, 'totp');
    store.fails = true;
    const otp = totpCode(app, secret);
    await browser.put('/v1/account/mfa/challenges', { challengeId, otp }).set(last).expect(503);
    store.fails = false;
    await browser.get('/reports').expect(401);
    await app.close();
  },
);

describe.each(EXPRESS)('a session that is saved slowly, on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    const store = new SlowStore();
    app = await startApp({
      framework,
      withSession: false,
      before: [session({ secret: 's'.repeat(32), resave: false, saveUninitialized: false, store })],
      routes: (host, mfa: Mfa) => {
        host.post('/login/:id', (req: Request, res: Response, next: NextFunction) => {
          mfa
            .signIn(req, { id: String(req.params.id) })
            .then(() => res.redirect('/v1/account/mfa/factors'), next);
        });
        host.get('/logout', (req: Request, res: Response, next: NextFunction) => {
          mfa.signOut(req).then(() => res.redirect('/reports'), next);
        });
      },
    });
  });
  afterEach(() => app.close());

  /** Sends a request; answers as soon as the head of its answer is there, whatever the body does. */
  const head = (browser: Browser, method: string, path: string, cookie = '', body = '') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        cookie,
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
      };
      const sent = request(new URL(path, browser.origin), { method, headers }, (response) => {
        response.resume();
        resolve(response);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const cookieOf = ({ headers }: IncomingMessage): string =>
    headers['set-cookie']?.find((one) => one.startsWith('connect.sid='))?.split(';')[0] ?? '';

  it('is there for a redirect that is followed at once, at sign-in, in every one of 500 runs [SES-9]', async () => {
    const { user } = await userWithTotp(app);
    const browser = app.browser();
    // On both versions of Express they are a thousand.
    for (let round = 0; round < 10; round++) {
      // Those of the rounds before are older and make room.
      app.clock.forward(1);
      const runs = Array.from({ length: 50 }, async () => {
        const login = await head(browser, 'POST', `/login/${user.id}`);
        const to = String(login.headers.location);
        return (await head(browser, 'GET', to, cookieOf(login))).statusCode;
      });
      expect(await Promise.all(runs)).toEqual(Array(50).fill(200));
    }
  });

  it('is there for whoever goes on at once after the second factor, and gone after a logout, in every one of 10 runs [SES-9] [SES-10]', async () => {
    const { user, secret } = await userWithTotp(app);
    for (let round = 0; round < 10; round++) {
      app.clock.forward(30_000);
      const browser = app.browser();
      await signIn(browser, user);
      const challengeId = await challenge(browser, 'totp');
      const pending = `connect.sid=${browser.cookie() ?? ''}`;
      const body = JSON.stringify({ challengeId, otp: totpCode(app, secret) });
      const proved = await head(browser, 'PUT', '/v1/account/mfa/challenges', pending, body);
      const cookie = cookieOf(proved);
      expect((await head(browser, 'GET', '/reports', cookie)).statusCode).toBe(200);
      const out = await head(browser, 'GET', '/logout', cookie);
      const after = await head(browser, 'GET', String(out.headers.location), cookie);
      expect([out.statusCode, after.statusCode]).toEqual([302, 401]);
    }
  });
});
