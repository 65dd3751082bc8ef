import type { RequestHandler } from 'express';

import { HttpError } from './http-error.ts';

/**
 * Takes a form only from this app's own pages, by what the browser says of itself. Without
 * `Sec-Fetch-Site` (plain http outside localhost) `Origin` must name the host that was asked.
 */
export const sameOrigin: RequestHandler = (req, _res, next) => {
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin') ?? '';
  const isOwn =
    site === undefined
      ? URL.canParse(origin) && new URL(origin).host === req.get('host')
      : site === 'same-origin';
  next(
    isOwn ? undefined : new HttpError(403, 'general_unknown_origin', 'Please use our own form.'),
  );
};
