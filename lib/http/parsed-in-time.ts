import type { Request, RequestHandler, Response } from 'express';

/**
 * Runs a body parser; answers what it failed with, if anything. A body that is not there within
 * `timeoutMs` is waited for no longer, and its connection ends with the answer (attack A36).
 */
export function parsedInTime(
  parser: RequestHandler,
  req: Request,
  res: Response,
  timeoutMs: number,
): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      // What is left of the body would be read as the next request. The host may have answered.
      if (!res.headersSent) res.setHeader('Connection', 'close');
      resolve({ status: 408 });
    }, timeoutMs);
    void parser(req, res, (error?: unknown) => {
      clearTimeout(timer);
      resolve(error);
    });
  });
}
