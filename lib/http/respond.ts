import type { Response } from 'express';

import type { Refusal } from '../core/outcome.ts';
import { MfaError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { errorOf } from './error-types.ts';
import type { WireError } from './error-types.ts';

/** Sends a model. 204 has neither body nor content type: an empty body labelled JSON breaks every client. */
export function sendModel(res: Response, status: number, body: object | undefined): void {
  noStore(res);
  if (body === undefined) res.status(status).end();
  else res.status(status).json(body);
}

/** Sends a refusal: Appwrite's type, and what helps a client to go on. */
export function sendRefusal(res: Response, refusal: Refusal, now: number): void {
  const more: Record<string, unknown> = {};
  if (refusal.factors) more.factors = refusal.factors;
  if (refusal.retryAt !== undefined) {
    const seconds = Math.max(1, Math.ceil((refusal.retryAt - now) / 1000));
    res.setHeader('Retry-After', String(seconds));
    more.retryAfter = seconds;
  }
  sendError(res, errorOf(refusal), more);
}

/** Sends a fault without its text: what went wrong is for the host's event sink, not for the client. */
export function sendFault(res: Response, fault: unknown): void {
  sendError(res, faultOf(fault));
}

/** Sends an error body of Appwrite's shape. */
export function sendError(res: Response, error: WireError, more: object = {}): void {
  const { status, type, message } = error;
  noStore(res);
  if (status === 401 && !res.hasHeader('WWW-Authenticate')) challenge(res);
  res.status(status).json({ message, code: status, type, version: VERSION, ...more });
}

const UNAVAILABLE: WireError = {
  status: 503,
  type: 'mfa_unavailable',
  message: 'The second factor cannot be checked at present. Please try again later.',
};
const SERVER_ERROR: WireError = {
  status: 500,
  type: 'general_server_error',
  message: 'Server Error',
};

/** What a fault is answered with. */
export function faultOf(fault: unknown): WireError {
  return fault instanceof MfaError && fault.status === 503 ? UNAVAILABLE : SERVER_ERROR;
}

/**
 * Says how to authenticate, as every 401 must (RFC 9110 section 15.5.2). It is what API clients know
 * and what RFC 9470 builds on; unlike Basic, no browser asks for a password because of it.
 */
export function challenge(res: Response): void {
  res.setHeader('WWW-Authenticate', 'Bearer realm="account"');
}

function noStore(res: Response): void {
  res.setHeader('Cache-Control', 'no-store');
}
