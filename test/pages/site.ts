import type { Request, Response } from 'express';

import { ownPath } from '../../lib/pages.ts';
import type { PagesOptions } from '../../lib/pages.ts';
import { startApp } from '../support/app.ts';
import type { AppSettings, HostUser, TestApp } from '../support/app.ts';
import { addUser, totpCode } from '../support/story.ts';
import { Reader } from './reader.ts';

export interface PagesSite extends TestApp {
  /** Somebody who has given the password, and reads pages from then on. */
  reader(user: HostUser, languages?: string): Promise<Reader>;
}

/** An app whose pages are at /security, with a sign-in of its own and three guarded pages. */
export async function startSite({
  pages = {},
  mount = '/security',
  routes,
  ...settings
}: AppSettings & {
  readonly pages?: PagesOptions;
  readonly mount?: string;
} = {}): Promise<PagesSite> {
  const app = await startApp({
    ...settings,
    routes: (host, mfa) => {
      host.get('/login', async (req: Request, res: Response) => {
        if (typeof req.query.as !== 'string') {
          res.send('<h1>Login</h1>');
          return;
        }
        await mfa.signIn(req, { id: req.query.as });
        res.redirect(303, ownPath(req.query.returnTo) ?? '/security');
      });
      host.use(mount, mfa.pages({ login: '/login', home: '/home', ...pages }));
      const show = (req: Request, res: Response): void => void res.send(`<h1>${req.path}</h1>`);
      host.get('/home', show);
      host.all('/account', mfa.requireAllFactors(), show);
      host.get('/vault', mfa.requireAllFactors({ enrolled: true }), show);
      host.all('/transfer', mfa.requireAllFactors({ maxAgeMs: 60_000 }), show);
      routes?.(host, mfa);
    },
  });
  return Object.assign(app, {
    async reader(user: HostUser, languages?: string) {
      const reader = new Reader(app.browser(), languages);
      await reader.browser.get(`/login?as=${user.id}`).expect(303);
      return reader;
    },
  });
}

/** A user who has set up an app by the pages, and its key. */
export async function userWithApp(
  site: PagesSite,
): Promise<{ readonly user: HostUser; readonly secret: string; readonly reader: Reader }> {
  const user = addUser(site);
  const reader = await site.reader(user);
  const secret = await setUpApp(site, reader);
  await reader.press('Show the codes');
  return { user, secret, reader };
}

/** Sets up an app by the pages; ends where they lead then. */
export async function setUpApp(site: PagesSite, reader: Reader, name = ''): Promise<string> {
  await reader.open('/security/set-up/totp');
  await reader.press('Continue', { name });
  const secret = secretOn(reader);
  await reader.press('Confirm', { code: totpCode(site, secret) });
  site.clock.forward(30_000);
  return secret;
}

export function secretOn({ page }: Reader): string {
  const [, secret = ''] = /class="secret">([A-Z2-7 ]+)</.exec(page.html) ?? [];
  return secret.replaceAll(' ', '');
}
