import express from 'express';
import type { Router } from 'express';

import { refused } from '../core/outcome.ts';
import { accountRoutes } from './account-routes.ts';
import { malformedPath } from './malformed-path.ts';
import { marked } from './marks.ts';
import { mfaRoutes } from './mfa-routes.ts';
import { handle } from './route.ts';
import type { Http, Route } from './route.ts';
import { verificationRoutes } from './verification-routes.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * The endpoints, each under every path that a released Appwrite SDK calls. What is not ours goes
 * on to the host's own routes.
 */
export function createRouter(http: Http): Router {
  const router = express.Router();
  const on = (method: Method, paths: string | readonly string[], route: Route): void => {
    router[method]([paths].flat(), handle(http, route));
  };

  on('get', '/account', accountRoutes.getAccount);
  on('post', ['/account/sessions/email', '/account/sessions'], accountRoutes.createSession);
  on('get', '/account/sessions', accountRoutes.listSessions);
  on('delete', '/account/sessions', accountRoutes.deleteSessions);
  on('get', '/account/sessions/:id', accountRoutes.getSession);
  on('delete', '/account/sessions/:id', accountRoutes.deleteSession);
  on('patch', '/account/phone', accountRoutes.changePhone);
  on('patch', '/account/mfa', accountRoutes.switchMfa);

  on('get', '/account/mfa/factors', mfaRoutes.listFactors);
  on('post', CHALLENGES, mfaRoutes.openChallenge);
  on('put', CHALLENGES, mfaRoutes.answerChallenge);
  on('post', '/account/mfa/recovery-codes', mfaRoutes.createCodes);
  on('patch', '/account/mfa/recovery-codes', mfaRoutes.replaceCodes);
  on('get', '/account/mfa/recovery-codes', mfaRoutes.countCodes);
  on('get', '/account/mfa/authenticators', mfaRoutes.listAuthenticators);
  on('post', AUTHENTICATOR, mfaRoutes.enroll);
  on('put', AUTHENTICATOR, mfaRoutes.confirm);
  on('delete', AUTHENTICATOR, mfaRoutes.remove);
  on('patch', '/account/mfa/authenticators/:type', mfaRoutes.rename);

  for (const [factor, paths] of Object.entries(VERIFICATIONS)) {
    const { start, finish } = verificationRoutes(factor);
    on('post', paths, start);
    on('put', paths, finish);
  }
  router.use(malformedPath(handle(http, () => Promise.resolve(refused('malformed')))));
  return marked(withPlainPaths(router), 'router');
}

const CHALLENGES = ['/account/mfa/challenges', '/account/mfa/challenge'];
// The second path is that of the first announcement, `appwrite` 14.0.0-rc.4 and rc.5.
const AUTHENTICATOR = ['/account/mfa/authenticators/:type', '/account/mfa/:type'];
const VERIFICATIONS: Readonly<Record<string, readonly string[]>> = {
  phone: ['/account/verifications/phone', '/account/verification/phone'],
  email: [
    '/account/verifications/email',
    '/account/verifications/email/otp',
    '/account/verification',
  ],
};

/**
 * An SDK whose endpoint ends in a slash calls `//account`: our routes are found all the same. The
 * host's routes behind us see the path as it came: rewritten, it could slip past their guards.
 */
function withPlainPaths(routes: Router): Router {
  const router = express.Router();
  router.use((req, res, next) => {
    const { url } = req;
    const [path = '', ...query] = url.split('?');
    req.url = [path.replace(/\/{2,}/g, '/'), ...query].join('?');
    routes(req, res, (error?: unknown) => {
      req.url = url;
      next(error);
    });
  });
  return router;
}
