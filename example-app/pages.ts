import express, { Router } from 'express';
import type { Request, Response } from 'express';

import type { Mfa, User } from '../lib/index.ts';
import { HttpError } from './errors.ts';
import { alreadyExists, readNewUser } from './new-user.ts';
import { pageGuard } from './page-guard.ts';
import { sameOrigin } from './same-origin.ts';
import type { UserDirectory } from './users.ts';
import {
  accountPage,
  challengePage,
  homePage,
  loginPage,
  registerPage,
  securityPage,
} from './views.ts';

/** The pages. Signing in is this app's own affair: express-mfa is told about it in one line. */
export function pageRoutes(users: UserDirectory, mfa: Mfa): Router {
  const router = Router();
  const form = [sameOrigin, express.urlencoded({ extended: false, limit: '4kb' })];
  const guard = pageGuard(mfa.requireAllFactors());
  const me = async (req: Request): Promise<User> => {
    const user = await users.findById(req.mfa?.userId ?? '');
    if (!user) throw new HttpError(404, 'user_not_found', 'This user is gone.');
    return user;
  };

  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/', (_req, res) => void res.send(homePage()));
  router.get('/register', (_req, res) => void res.send(registerPage()));
  router.get('/login', (_req, res) => void res.send(loginPage()));

  router.post('/register', form, async (req: Request, res: Response) => {
    try {
      const user = await users.create(readNewUser({ ...fieldsOf(req), userId: 'unique()' }));
      if (!user) throw alreadyExists();
      await mfa.signIn(req, user);
      res.redirect(303, '/security');
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      res.status(error.status).send(registerPage(error.message, fieldsOf(req)));
    }
  });

  router.post('/login', form, async (req: Request, res: Response) => {
    const { email = '', password = '' } = fieldsOf(req);
    const user = await users.withPassword(email, password);
    if (!user) {
      res.status(401).send(loginPage('E-mail or password are wrong.', { email }));
      return;
    }
    const { complete } = await mfa.signIn(req, user);
    res.redirect(303, complete ? '/account' : '/challenge');
  });

  router.post('/logout', form, async (req: Request, res: Response) => {
    await mfa.signOut(req);
    res.redirect(303, '/');
  });

  // Open to whoever lacks a factor: it is where they bring it.
  router.get('/challenge', (_req, res) => void res.send(challengePage()));
  router.get('/account', guard, async (req, res) => void res.send(accountPage(await me(req))));
  router.get('/security', guard, async (req, res) => void res.send(securityPage(await me(req))));
  return router;
}

/** The fields of a form. One that came twice is a list, and no field. */
function fieldsOf({ body }: Request): Readonly<Record<string, string>> {
  const fields = Object.entries({ ...(body as Record<string, unknown>) });
  return Object.fromEntries(
    fields.filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}
