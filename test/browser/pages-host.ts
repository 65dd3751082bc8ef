import express from 'express';
import type { Response } from 'express';

import { ownPath } from '../../lib/pages.ts';
import type { PagesOptions } from '../../lib/pages/pages-options.ts';
import { startApp } from '../support/app.ts';
import type { AppSettings, HostUser, TestApp } from '../support/app.ts';
import { codeIn } from '../support/sdk-child.ts';

/** A host with a sign-in page of its own, ready pages at /security, and three guarded pages. */
export interface PagesHost extends TestApp {
  readonly origin: string;
  addUser(more?: Partial<HostUser>): HostUser;
  /** The code in the newest message to an address or a number. */
  codeTo(destination: string): string;
}

export const PASSWORD = 'a long password';

export async function startPagesHost(
  pages: PagesOptions = {},
  settings: AppSettings = {},
): Promise<PagesHost> {
  const app: TestApp = await startApp({
    routes: (host, mfa) => {
      host.use('/security', mfa.pages({ login: '/login', ...pages }));
      host.get('/', (_req, res) => show(res, 'Welcome'));
      host.get('/larch.svg', (_req, res) => res.type('svg').send(LOGO));
      host.get('/login', (req, res) => show(res, 'Sign in', SIGN_IN));
      host.post('/login', express.urlencoded({ extended: false }), (req, res, next) => {
        const { email, password } = req.body as Record<string, string>;
        const user = [...app.users.values()].find((one) => one.email === email);
        if (!user || user.password !== password) return show(res, 'Sign in', SIGN_IN);
        mfa
          .signIn(req, user)
          .then(() => res.redirect(303, ownPath(req.query.returnTo) ?? '/'), next);
      });
      host.get('/account', mfa.requireAllFactors(), (_req, res) => show(res, 'Your account'));
      host.get('/transfer', mfa.requireAllFactors({ maxAgeMs: MINUTE }), (_req, res) =>
        show(res, 'Transfer'),
      );
      host.get('/vault', mfa.requireAllFactors({ enrolled: true }), (_req, res) =>
        show(res, 'Vault'),
      );
    },
    ...settings,
  });
  return Object.assign(app, {
    origin: app.browser().origin,
    addUser(more: Partial<HostUser> = {}): HostUser {
      const number = app.users.size + 1;
      const user: HostUser = {
        id: `user${number}`,
        name: 'Ada',
        password: PASSWORD,
        email: `ada${number}@example.com`,
        emailVerified: false,
        ...more,
      };
      app.users.set(user.id, user);
      return user;
    },
    codeTo(destination: string): string {
      const message = app.outbox.findLast(({ to }) => to === destination);
      return codeIn(message?.text ?? '');
    },
  });
}

const MINUTE = 60_000;
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M4 0 8 8H0z"/></svg>';

/** Sent to where it was asked for, with the query that says where to go on. */
const SIGN_IN = `<form method="post">
  <label>E-mail <input name="email"></label>
  <label>Password <input name="password" type="password"></label>
  <button>Sign in</button>
</form>`;

function show(res: Response, title: string, body = ''): void {
  const head = `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">`;
  res.send(
    `<!doctype html><html lang="en">${head}<title>${title}</title><h1>${title}</h1>${body}</html>`,
  );
}
