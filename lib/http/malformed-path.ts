import type { ErrorRequestHandler, RequestHandler } from 'express';

/**
 * Has a path of ours answered that Express cannot decode, such as `/account/sessions/%ff`: the
 * host's error page may show a stack, and any cache may keep it (LOG-5, TRN-2). Every other error
 * goes on to the host.
 */
export function malformedPath(answer: RequestHandler): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (error instanceof URIError) return answer(req, res, next);
    return next(error);
  };
}
