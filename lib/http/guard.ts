import type { NextFunction, Request, RequestHandler, Response } from 'express';

import { inspect } from '../core/commands/inspect.ts';
import type { Passed } from '../core/commands/inspect.ts';
import type { Engine } from '../core/engine.ts';
import type { Requirement } from '../core/policy.ts';
import { admitted } from './admission.ts';
import type { Identify } from './admission.ts';
import { marked } from './marks.ts';
import { sendFault, sendRefusal } from './respond.ts';

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
export function requireFactors(
  engine: Engine,
  identify: Identify | undefined,
  requirement: Requirement,
): RequestHandler {
  const check = async (req: Request, res: Response): Promise<boolean> => {
    const outcome = await admitted(engine, identify, req, (caller) =>
      inspect(engine, caller, requirement),
    );
    if (outcome.status === 'refused') {
      sendRefusal(res, outcome, engine.now());
      return false;
    }
    req.mfa = outcome.value;
    return true;
  };
  const guard = (req: Request, res: Response, next: NextFunction): void => {
    // Nothing that the host's own handlers throw may come back here: next() is called outside.
    check(req, res).then(
      (passed) => {
        if (passed) next();
      },
      (error: unknown) => {
        engine.emit({ type: 'fault', at: engine.now(), ip: req.ip, error });
        sendFault(res, error);
      },
    );
  };
  return marked(guard, 'guard');
}
