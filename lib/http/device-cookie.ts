import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';

import { DEVICE_MS } from '../core/known-device.ts';

const NAME = 'mfa-device';
/** Over TLS with the prefix that no other host or plain HTTP can set (RFC 6265bis section 4.1.3.2). */
const SECURE = `__Host-${NAME}`;

/** What a browser has kept of a sign-in that it completed before, if anything. */
export function deviceIn(req: Request): string | undefined {
  const cookies = parseCookie(req.headers.cookie ?? '');
  // The request of a WebSocket upgrade knows nothing of TLS: there a browser sends whichever it has.
  const { secure } = req as Partial<Request>;
  return secure === undefined ? (cookies[SECURE] ?? cookies[NAME]) : cookies[nameFor(req)];
}

/** Lets the browser keep it. It is no key to anything, and still no script's and no other site's to read. */
export function keepDevice(req: Request, res: Response, device: string): void {
  res.cookie(nameFor(req), device, {
    httpOnly: true,
    secure: req.secure,
    sameSite: 'lax',
    path: '/',
    maxAge: DEVICE_MS,
  });
}

function nameFor({ secure }: Request): string {
  return secure ? SECURE : NAME;
}
