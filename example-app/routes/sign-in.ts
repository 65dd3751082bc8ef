import { Router } from 'express';
import type { Request, Response } from 'express';

import type { Mfa } from '../../lib/index.ts';
import { ownPath } from '../../lib/pages.ts';
import { alreadyExists } from '../already-exists.ts';
import { fieldsOf } from '../fields-of.ts';
import { HttpError } from '../http-error.ts';
import { readNewUser } from '../new-user.ts';
import { readForm } from '../read-form.ts';
import type { UserDirectory } from '../users.ts';
import type { Render } from '../views/layout.ts';
import { loginPage } from '../views/login.ts';
import { registerPage } from '../views/register.ts';

const HOME = '/account';

/** Signing in is this app's own affair: express-mfa is told about it in one line. */
export function signInRoutes(users: UserDirectory, mfa: Mfa, render: Render): Router {
  const router = Router();

  router.get('/register', (_req, res) => void res.send(render(registerPage())));

  router.post('/register', readForm, async (req: Request, res: Response) => {
    const fields = fieldsOf(req);
    try {
      const user = await users.create(readNewUser({ ...fields, userId: 'unique()' }));
      if (!user) throw alreadyExists();
      await mfa.signIn(req, user);
      res.redirect(303, HOME);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      res.status(error.status).send(render(registerPage(error.message, fields)));
    }
  });

  router.get('/login', (req, res) => {
    res.send(render(loginPage({ returnTo: ownPath(req.query['returnTo']) ?? HOME })));
  });

  router.post('/login', readForm, async (req: Request, res: Response) => {
    const { email = '', password = '', returnTo: wanted } = fieldsOf(req);
    const next = ownPath(wanted) ?? HOME;
    const user = await users.withPassword(email, password);
    if (!user) {
      const error = 'E-mail or password are wrong.';
      res.status(401).send(render(loginPage({ returnTo: next, email, error })));
      return;
    }
    await mfa.signIn(req, user);
    // Whoever lacks the second factor now is sent to where they bring it by the guard of that page.
    res.redirect(303, next);
  });

  router.post('/logout', readForm, async (req: Request, res: Response) => {
    await mfa.signOut(req);
    res.redirect(303, '/');
  });

  return router;
}
