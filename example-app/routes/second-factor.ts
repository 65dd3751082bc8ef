import { Router } from 'express';

import type { Mfa } from '../../lib/index.ts';
import { pageGuard } from '../page-guard.ts';
import type { UserDirectory } from '../users.ts';
import type { Render } from '../views/layout.ts';
import { challengePage, securityPage } from '../views/second-factor.ts';

/** The pages of the second factor. */
export function secondFactorRoutes(users: UserDirectory, mfa: Mfa, render: Render): Router {
  const router = Router();
  // Open to whoever lacks a factor: it is where they bring it.
  router.get('/challenge', (_req, res) => void res.send(render(challengePage())));
  router.get('/security', pageGuard(mfa.requireAllFactors()), async (req, res) => {
    const user = await users.findById(req.mfa?.userId ?? '');
    res.send(render(securityPage(user ?? { id: '' })));
  });
  return router;
}
