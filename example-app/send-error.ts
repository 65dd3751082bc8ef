import type { ErrorRequestHandler } from 'express';

import { MfaError } from '../lib/index.ts';
import { HttpError } from './http-error.ts';
import { unavailable } from './unavailable.ts';
import { errorPage } from './views/error.ts';
import type { Render } from './views/layout.ts';

/** Stands in Appwrite's error bodies; here it is this app's version. */
const VERSION = '1.0.0';

/** Answers every error: in Appwrite's shape below `/v1`, and as a page elsewhere. */
export function sendError(render: Render): ErrorRequestHandler {
  return (thrown, req, res, next) => {
    const { status, type, message } = toldError(thrown);
    if (status >= 500) log(thrown);
    // The answer is on its way already: what is left is to break it off.
    if (res.headersSent) return next(thrown);
    res.status(status).set('Cache-Control', 'no-store');
    if (/^\/v1(?:\/|$)/.test(req.path)) res.json({ message, code: status, type, version: VERSION });
    else res.send(render(errorPage(message)));
  };
}

function toldError(thrown: unknown): HttpError {
  if (thrown instanceof HttpError) return thrown;
  // Away is the store, or something of our own that `createMfa` was given.
  if (thrown instanceof MfaError && AWAY.has(thrown.code)) return unavailable();
  // What Express and its body parsers refuse: a broken path, a body too large or of no shape.
  const { status } = { ...(thrown as { readonly status?: unknown }) };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new HttpError(status, 'general_argument_invalid', 'The request is not as expected.');
  }
  return new HttpError(500, 'general_server_error', 'Server Error');
}

const AWAY: ReadonlySet<string> = new Set([
  'store_unavailable',
  'host_callback_failed',
  'host_callback_timeout',
  'contended',
]);

/** Never the object: errors of Redis clients and SDKs hold what was sent, codes included. */
function log(thrown: unknown): void {
  console.error(thrown instanceof Error ? thrown.stack : 'Something was thrown that is no error.');
}
