import type { NextFunction, Request, RequestHandler, Response } from 'express';

import type { Passed } from '../core/commands/inspect.ts';
import type { Refusal } from '../core/outcome.ts';
import type { Requirement } from '../core/policy.ts';
import type { WireError } from './error-types.ts';
import { examine } from './examine.ts';
import { marked } from './marks.ts';
import { faultOf, sendError, sendRefusal } from './respond.ts';
import type { Http } from './route.ts';

declare global {
  // The one way to add to Express's Request that works with every version of its types.
  namespace Express {
    interface Request {
      /** Set by the guard: who got through, and what the session's factors are worth. */
      mfa?: Passed;
    }
  }
}

/**
 * Lets a request through only if its session has all the factors that its user's enrollment asks
 * for. Refusals are answered in Appwrite's shape; what it cannot know it does not let through.
 */
export function requireFactors(http: Http, requirement: Requirement): RequestHandler {
  const check = async (req: Request, res: Response): Promise<boolean> => {
    const outcome = await examine(http, requirement, req, res);
    switch (outcome.status) {
      case 'done':
        req.mfa = outcome.value;
        return true;
      case 'refused':
        turnAway(http, requirement, req, res, outcome);
        return false;
      case 'barred':
        await bar(http, req, res, outcome.error);
        return false;
    }
  };
  const guard = (req: Request, res: Response, next: NextFunction): void => {
    // Nothing that the host's own handlers throw may come back here: next() is called outside.
    check(req, res).then(
      (passed) => {
        if (passed) next();
      },
      (error: unknown) => bar(http, req, res, faultOf(error)),
    );
  };
  return marked(guard, 'guard');
}

/** What is no matter of factors: said by a page to a browser, as long as there is one to be had. */
async function bar(http: Http, req: Request, res: Response, error: WireError): Promise<void> {
  const told = await http.tell(req, res, error.status).catch(() => false);
  if (!told) sendError(res, error);
}

/** A browser that asked for a page is sent to where it can bring what it lacks; all others are told. */
function turnAway(
  http: Http,
  requirement: Requirement,
  req: Request,
  res: Response,
  refusal: Refusal,
): void {
  const way = http.wayOn(req, refusal);
  if (way === undefined) {
    if (refusal.reason !== 'first-factor') res.setHeader('WWW-Authenticate', stepUp(requirement));
    return sendRefusal(res, refusal, http.engine.now());
  }
  res.setHeader('Cache-Control', 'no-store');
  res.vary('Accept');
  res.redirect(303, way);
}

/** What a signed-in user lacks, as clients of APIs read it (RFC 9470 section 3). */
function stepUp({ aal, maxAgeMs }: Requirement): string {
  return [
    'Bearer error="insufficient_user_authentication"',
    ...(aal === undefined ? [] : [`acr_values="aal${aal}"`]),
    ...(maxAgeMs === undefined ? [] : [`max_age="${Math.floor(maxAgeMs / 1000)}"`]),
  ].join(', ');
}
