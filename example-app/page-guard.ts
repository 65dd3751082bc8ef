import type { RequestHandler } from 'express';

import { HttpError } from './errors.ts';

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
    res.json = (body: { readonly type: string; readonly message: string }) => {
      if (res.statusCode !== 401) {
        passed(new HttpError(res.statusCode, body.type, body.message));
      } else {
        res.redirect(303, body.type === 'user_more_factors_required' ? '/challenge' : '/login');
      }
      return res;
    };
    void guard(req, res, passed);
  };
}
