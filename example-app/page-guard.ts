import type { RequestHandler } from 'express';

import { HttpError } from './http-error.ts';

/**
 * Makes a guard fit for pages. It answers in JSON, which is right for an API; a browser that asked
 * for a page is sent to where it can go on instead.
 */
export function pageGuard(guard: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const json = res.json.bind(res);
    const passed = (error?: unknown): void => {
      res.json = json;
      next(error);
    };
    res.json = (body: {
      readonly type: string;
      readonly message: string;
      readonly factors?: readonly string[];
    }) => {
      if (res.statusCode !== 401) {
        passed(new HttpError(res.statusCode, body.type, body.message));
      } else {
        const place = (body.factors ?? []).length === 0 ? '/security' : '/challenge';
        const wanted = encodeURIComponent(req.originalUrl);
        const isPending = body.type !== 'general_unauthorized_scope';
        res.redirect(303, `${isPending ? place : '/login'}?returnTo=${wanted}`);
      }
      return res;
    };
    void guard(req, res, passed);
  };
}
