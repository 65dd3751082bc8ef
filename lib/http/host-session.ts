import type { Request } from 'express';

import { MfaError } from '../errors.ts';

/** The part of express-session that is used: its types are not published with ours. */
interface HostSession extends Record<string, unknown> {
  mfa?: unknown;
  mfaFirstSeenAt?: unknown;
  readonly cookie: { maxAge?: number | null; readonly originalMaxAge?: number | null };
  regenerate(done: (error?: unknown) => void): unknown;
  save(done: (error?: unknown) => void): unknown;
}

/**
 * The host's session of a request. It holds our pointer under `mfa`, with `identify` a time beside it,
 * and nothing else of ours: express-session is last-writer-wins, so nothing in it may grant access.
 *
 * @throws MfaError `session_missing`
 */
export function hostSession(req: Request): HostSession {
  const { session } = req as Request & { session?: HostSession };
  if (!session) {
    throw new MfaError(
      'session_missing',
      'req.session is not there. Mount express-session before the MFA router and guards, on a path ' +
        'that covers them, and see that its store is connected.',
    );
  }
  // Known before anything is done: a sign-in would be told and counted, and fail at its last step.
  if (typeof session.regenerate !== 'function' || typeof session.save !== 'function') {
    throw new MfaError(
      'session_missing',
      'req.session is not of express-session, which alone can renew its id and be over when it is ended. ' +
        'Mount express-session in the place of what is there, such as cookie-session.',
    );
  }
  return session;
}

/** The pointer as the host session holds it; whatever else stands there is no pointer. */
export function pointerOf(req: Request): string | undefined {
  const { mfa } = hostSession(req);
  return typeof mfa === 'string' ? mfa : undefined;
}

/**
 * Puts a pointer into a session of a new id (ASVS 7.2.4) and saves it before the answer leaves.
 * The host's own data and cookie lifetime move along.
 */
export async function renewSession(req: Request, pointer: string): Promise<void> {
  const { cookie, ...data } = { ...hostSession(req) };
  await called((done) => hostSession(req).regenerate(done));
  const fresh = hostSession(req);
  Object.assign(fresh, data, { mfa: pointer });
  if (cookie.originalMaxAge !== undefined) fresh.cookie.maxAge = cookie.originalMaxAge;
  await called((done) => fresh.save(done));
}

/**
 * Notes a pointer in the session as it is, for a login that the host has renewed itself, and since
 * when that login has been seen there (see `firstSightIn`).
 */
export async function keepPointer(
  req: Request,
  pointer: string,
  firstSeenAt: number,
): Promise<void> {
  const session = hostSession(req);
  session.mfa = pointer;
  session.mfaFirstSeenAt = firstSeenAt;
  await called((done) => session.save(done));
}

/**
 * Ends the host's session with ours: nothing of it is left, under a new id. Data that stayed could
 * say that someone is still signed in, to Passport for one.
 */
export async function endHostSession(req: Request): Promise<void> {
  await called((done) => hostSession(req).regenerate(done));
}

const SESSION_STORE =
  'The store of express-session did not save the session. See that it is connected and takes writes.';
// Longer than any client of a store waits that has a time limit of its own.
const STORE_MS = 5_000;

/**
 * Waits for one of express-session's callbacks; its store being away is an outage, not a bug. A client
 * that keeps what it is asked until it is connected again never calls back.
 */
function called(run: (done: (error?: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new MfaError('store_unavailable', SESSION_STORE));
    const timer = setTimeout(fail, STORE_MS);
    run((error) => {
      clearTimeout(timer);
      if (error === undefined || error === null) resolve();
      else fail();
    });
  });
}
