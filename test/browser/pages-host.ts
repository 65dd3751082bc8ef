import express from 'express';
import type { Request, Response } from 'express';

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
      host.get('/login', (req, res) => show(res, 'Sign in', signInForm(req)));
      host.post('/login', express.urlencoded({ extended: false }), (req, res, next) => {
        const { email, password, returnTo } = req.body as Record<string, string>;
        const user = [...app.users.values()].find((one) => one.email === email);
        if (!user || user.password !== password) return show(res, 'Sign in', signInForm(req));
        mfa.signIn(req, user).then(() => res.redirect(303, returnTo ?? '/'), next);
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

function show(res: Response, title: string, body = ''): void {
  const head = `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">`;
  res.send(
    `<!doctype html><html lang="en">${head}<title>${title}</title><h1>${title}</h1>${body}</html>`,
  );
}

/** The host keeps where it was to go on: a path, by URL and not by its first character. */
function signInForm(req: Request): string {
  const wanted = String((req.body as { returnTo?: string } | undefined)?.returnTo ?? '');
  const { returnTo = wanted } = req.query as { returnTo?: string };
  return `<form method="post" action="/login">
    <label>E-mail <input name="email"></label>
    <label>Password <input name="password" type="password"></label>
    <input type="hidden" name="returnTo" value="${escaped(ownPath(returnTo))}">
    <button>Sign in</button>
  </form>`;
}

function ownPath(wanted: string): string {
  const base = 'https://own.invalid';
  if (!URL.canParse(wanted, base)) return '/';
  const { origin, pathname, search } = new URL(wanted, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
