import type { ErrorRequestHandler, RequestHandler } from 'express';

import { MfaError } from '../lib/index.ts';
import { errorPage } from './layout.ts';

/** An error to be told to the client, by one of Appwrite's types. */
export class HttpError extends Error {
  readonly status: number;
  readonly type: string;
  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

/** Stands in Appwrite's error bodies; here it is this app's version. */
const VERSION = '1.0.0';

/** What no route has taken. */
export const notFound: RequestHandler = (_req, _res, next) => {
  next(new HttpError(404, 'general_route_not_found', 'There is nothing here.'));
};

/** Answers every error: in Appwrite's shape below `/v1`, and as a page elsewhere. */
export const sendError: ErrorRequestHandler = (thrown, req, res, next) => {
  const error = toldError(thrown);
  if (error.status >= 500) log(thrown);
  // The answer is on its way already: what is left is to break it off.
  if (res.headersSent) return next(thrown);
  const { status, type, message } = error;
  res.status(status).set('Cache-Control', 'no-store');
  if (/^\/v1(?:\/|$)/.test(req.path)) res.json({ message, code: status, type, version: VERSION });
  else res.send(errorPage(message));
};

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

/** What is answered while sessions cannot be read. */
export function unavailable(): HttpError {
  const message = 'This is not available at present. Please try again later.';
  return new HttpError(503, 'general_unavailable', message);
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
