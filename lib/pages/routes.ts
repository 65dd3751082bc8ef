import express from 'express';
import type { Request, Router } from 'express';

import { done } from '../core/outcome.ts';
import { malformedPath } from '../http/malformed-path.ts';
import type { Http } from '../http/route.ts';
import { answerPage } from './answer-page.ts';
import type { Assets } from './create-assets.ts';
import { problem } from './problem.tsx';
import type { Problem } from './problem.tsx';
import { remove, rename, showAuthenticator } from './screens/authenticator.tsx';
import { answer, backToChallenge, sendCode, showChallenge } from './screens/challenge.tsx';
import { makeCodes, showRecovery } from './screens/recovery-codes.tsx';
import { endOther, leave } from './screens/sessions.ts';
import { backToStart, begin, chooseFactor, confirm, showStart } from './screens/set-up.tsx';
import { showSettings, switchOver } from './screens/settings.tsx';
import type { Screen, Site } from './visit.ts';

/** The pages and the files that they ask for. Nothing is changed and nothing is sent by GET. */
export function pageRoutes(http: Http, assets: Assets, site: (req: Request) => Site): Router {
  const router = express.Router();
  const on = (method: 'get' | 'post', path: string, screen: Screen): void => {
    router[method](path, answerPage(http, site, screen));
  };

  router.get('/assets/:name', (req, res, next) => {
    const file = assets.files.get(String(req.params.name));
    if (!file) return next();
    // By the browser alone: a rolling session sets its cookie on these, too (attack A62).
    res.set('Cache-Control', 'private, max-age=31536000, immutable');
    res.set('X-Content-Type-Options', 'nosniff');
    return res.type(file.type).send(file.text);
  });

  on('get', '/challenge', showChallenge);
  on('post', '/challenge', answer);
  on('get', '/challenge/send', backToChallenge);
  on('post', '/challenge/send', sendCode);

  on('get', '/', showSettings);
  on('post', '/mfa', switchOver);
  on('get', '/authenticators/:id', showAuthenticator);
  on('post', '/authenticators/:id/rename', rename);
  on('post', '/authenticators/:id/remove', remove);
  on('post', '/sessions/end', endOther);
  on('post', '/sign-out', leave);

  on('get', '/set-up', chooseFactor);
  on('get', '/set-up/:factor', showStart);
  on('post', '/set-up/:factor', begin);
  on('get', '/set-up/:factor/confirm', backToStart);
  on('post', '/set-up/:factor/confirm', confirm);

  on('get', '/recovery-codes', showRecovery);
  on('post', '/recovery-codes', makeCodes);

  const says = (kind: Problem) =>
    answerPage(http, site, (visit) => Promise.resolve(done(problem(visit, kind))));
  router.use(says('notFound'));
  router.use(malformedPath(says('refused')));
  return router;
}
