import { isIP } from 'node:net';

import type { Request, Response } from 'express';

import { clientAddress } from './client-address.ts';

/** A setting that is unsafe, in a word, and what to do about it. */
export interface Finding {
  readonly reason: string;
  readonly message: string;
}

/** What the app's `trust proxy` puts at risk. */
export function proxyFindings({ app }: Request): readonly Finding[] {
  return app.get('trust proxy') === true ? [TRUSTS_ALL] : [];
}

/** What a proxy says of its client that is no address, so that nobody is limited by it (attack A47). */
export function addressFindings({ ip }: Request): readonly Finding[] {
  // Every guard asks: what is plainly an address is read no further.
  return ip && isIP(ip) === 0 && !clientAddress(ip) ? [NO_ADDRESS] : [];
}

/**
 * Whether the session of a request is one that express-session has just made: any other has the
 * settings of the day on which it was saved.
 */
export function isNewSession(req: Request): boolean {
  const { session } = req as Request & SessionParts;
  return session !== undefined && req.headers.cookie === undefined;
}

/** What the settings of a new session's cookie and its store put at risk in production. */
export function sessionFindings(req: Request): readonly Finding[] {
  const { session, sessionStore } = req as Request & SessionParts;
  const { secure, httpOnly, sameSite } = session?.cookie ?? {};
  const sites: readonly unknown[] = [true, 'lax', 'strict'];
  return [
    ...(secure === true ? [] : [cookie('secure', '`secure: true`')]),
    ...(httpOnly === true ? [] : [cookie('http-only', '`httpOnly: true`')]),
    ...(sites.includes(sameSite) ? [] : [cookie('same-site', "`sameSite: 'lax'` or 'strict'")]),
    ...(sessionStore?.constructor?.name === 'MemoryStore' ? [MEMORY] : []),
  ];
}

/**
 * Tells whether express-session hands out cookies for sessions that hold nothing. A first visitor's
 * answer shows it; of any other, nothing is told.
 */
export function savesUninitialized(
  req: Request,
  res: Response,
  tell: (findings: readonly Finding[]) => void,
): void {
  const { session, sessionID: id } = req as Request & SessionParts;
  if (!isNewSession(req) || id === undefined || !isBlank(session)) return;
  res.once('finish', () => {
    const after = req as Request & SessionParts;
    if (after.sessionID !== id || !isBlank(after.session)) return;
    const cookies = String(res.getHeader('set-cookie') ?? '');
    tell(cookies.includes(id) ? [UNINITIALIZED] : []);
  });
}

interface SessionParts {
  readonly session?: {
    readonly cookie?: {
      readonly secure?: unknown;
      readonly httpOnly?: unknown;
      readonly sameSite?: unknown;
    };
  };
  readonly sessionID?: string;
  readonly sessionStore?: object;
}

function isBlank(session: object | undefined): boolean {
  return session !== undefined && Object.keys(session).every((key) => key === 'cookie');
}

function cookie(reason: string, setting: string): Finding {
  return {
    reason: `cookie-${reason}`,
    message: `The session cookie is unsafe: give express-session \`cookie\` with ${setting}.`,
  };
}

const TRUSTS_ALL: Finding = {
  reason: 'trust-proxy',
  message:
    '`trust proxy` is true, so that anyone can name any IP address and claim HTTPS: set it to the ' +
    'number of your proxies, or to their addresses.',
};
const NO_ADDRESS: Finding = {
  reason: 'client-address',
  message:
    'Express names something as the address of a client that is no IP address, so no limit by network ' +
    'holds: have your proxy put the plain address into X-Forwarded-For, and see that `trust proxy` ' +
    'counts your proxies.',
};
const MEMORY: Finding = {
  reason: 'session-store',
  message:
    'express-session keeps its sessions in the memory of this process: give it a `store`, such as ' +
    'connect-redis.',
};
const UNINITIALIZED: Finding = {
  reason: 'save-uninitialized',
  message:
    'express-session stores a session for every visitor: give it `saveUninitialized: false`.',
};
