import type { Request } from 'express';

import { parsePointer } from '../core/pointer.ts';
import { hostSession } from './host-session.ts';

/**
 * When the host session of a request was first seen with the user whose tag it is: their login was
 * no later, as far as anyone can tell. `now` if that is this moment, and 0, which is never fresh,
 * where the session was seen before and does not say when: whoever stole an old cookie must not
 * pass for somebody who has just given a password (ENR-2).
 */
export function firstSightIn(req: Request, tag: string, now: number): number {
  const { mfa, mfaFirstSeenAt: at } = hostSession(req);
  const pointer = parsePointer(mfa);
  const isFirst = pointer ? pointer.tag !== tag : mfa === undefined && at === undefined;
  if (isFirst) return now;
  return typeof at === 'number' && at <= now ? at : 0;
}
