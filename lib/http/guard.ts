import type { Request, RequestHandler, Response } from 'express';

import type { Passed } from '../core/commands/inspect.ts';
import type { Refusal } from '../core/outcome.ts';
import type { Requirement } from '../core/policy.ts';
import { answering } from './answering.ts';
import type { Answer } from './answering.ts';
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
  const settled = async (req: Request, res: Response): Promise<Answer> => {
    const outcome = await examine(http, requirement, req, res);
    switch (outcome.status) {
      case 'done':
        return (next) => {
          req.mfa = outcome.value;
          next();
        };
      case 'refused':
        return turnedAway(http, requirement, req, res, outcome);
      case 'barred':
        return barred(http, req, res, outcome.error);
    }
  };
  const { engine } = http;
  const guard = answering(engine, (req, res) =>
    settled(req, res).catch((error: unknown) => {
      engine.emit({ type: 'fault', ip: req.ip, error });
      return barred(http, req, res, faultOf(error));
    }),
  );
  return marked(guard, 'guard');
}

/** What is no matter of factors: said by a page to a browser, as long as there is one to be had. */
async function barred(http: Http, req: Request, res: Response, error: WireError): Promise<Answer> {
  const page = await http.tell(req, res, error.status).catch(() => undefined);
  return page ?? (() => sendError(res, error));
}

/** A browser that asked for a page is sent to where it can bring what it lacks; all others are told. */
function turnedAway(
  http: Http,
  requirement: Requirement,
  req: Request,
  res: Response,
  refusal: Refusal,
): Answer {
  const way = http.wayOn(req, refusal);
  const now = http.engine.now();
  return () => {
    if (way === undefined) {
      if (refusal.reason !== 'first-factor') res.setHeader('WWW-Authenticate', stepUp(requirement));
      return sendRefusal(res, refusal, now);
    }
    res.setHeader('Cache-Control', 'no-store');
    res.vary('Accept');
    res.redirect(303, way);
  };
}

/** What a signed-in user lacks, as clients of APIs read it (RFC 9470 section 3). */
function stepUp({ aal, maxAgeMs }: Requirement): string {
  return [
    'Bearer error="insufficient_user_authentication"',
    ...(aal === undefined ? [] : [`acr_values="aal${aal}"`]),
    ...(maxAgeMs === undefined ? [] : [`max_age="${Math.floor(maxAgeMs / 1000)}"`]),
  ].join(', ');
}
