import express, { Router } from 'express';

import type { Mfa } from '../../lib/index.ts';
import { accountModel } from '../account-model.ts';
import { alreadyExists } from '../already-exists.ts';
import { readNewUser } from '../new-user.ts';
import type { UserDirectory } from '../users.ts';

/** The JSON API below `/v1`: this app's own routes, and those of express-mfa. */
export function apiRoutes(users: UserDirectory, mfa: Mfa): Router {
  const router = Router();

  router.post('/account', express.json({ limit: '4kb' }), async (req, res) => {
    const user = await users.create(readNewUser(req.body));
    if (!user) throw alreadyExists();
    res.status(201).json(accountModel(user));
  });

  router.get('/reports', mfa.requireAllFactors(), (req, res) => {
    res.json({ reports: ['Income', 'Spending'], for: req.mfa?.userId });
  });

  router.use(mfa.router);
  return router;
}
