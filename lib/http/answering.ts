import type { NextFunction, Request, RequestHandler, Response } from 'express';

import type { Engine } from '../core/engine.ts';
import { MfaError } from '../errors.ts';

/** What a request comes to, without a further wait: all that touches its response, or lets it go on. */
export type Answer = (next: NextFunction) => void;

/**
 * A handler whose answer is sent here and nowhere else: never into a response that the host has
 * sent meanwhile, as a time limit of its own does. What goes wrong on the way, and nobody has
 * answered, is a `fault` and 500. Nothing is thrown: it would end the process (attack A36).
 */
export function answering(
  { emit }: Engine,
  work: (req: Request, res: Response) => Promise<Answer>,
): RequestHandler {
  return (req, res, next) => {
    const answered = async (): Promise<void> => {
      const answer = await work(req, res);
      if (res.headersSent) throw tooLate();
      answer(next);
    };
    answered()
      .catch((error: unknown) => {
        emit({ type: 'fault', error });
        if (!res.headersSent) bare(res);
      })
      // Not even that can be said, so the client is not left waiting for it.
      .catch(() => res.destroy());
  };
}

/** By Node alone: what Express makes of a response may be what has failed. */
function bare(res: Response): void {
  res.statusCode = 500;
  res.setHeader('Cache-Control', 'no-store');
  res.end();
}

function tooLate(): MfaError {
  return new MfaError(
    'answered_already',
    'The host answered this request first, so nothing of it was sent or let through. Where a time ' +
      'limit of yours did, let it be longer than `hostTimeoutMs` and `hosting.bodyTimeoutMs`.',
  );
}
