import type { Request } from 'express';

import type { Caller } from '../core/engine.ts';
import { acceptedLanguages } from './accepted-languages.ts';
import { deviceIn } from './device-cookie.ts';
import { pointerOf } from './host-session.ts';
import { networkOf } from './network.ts';

/** Who asks, as far as a request tells. */
export function callerOf(req: Request): Caller {
  return Object.assign(strangerOf(req), { pointer: pointerOf(req) });
}

/** The same without a session. Network, languages and device are read when asked for: a guard asks for none. */
export function strangerOf(req: Request): Caller {
  const { ip } = req;
  return {
    ip,
    get network() {
      return networkOf(ip);
    },
    get languages() {
      return acceptedLanguages(req);
    },
    get device() {
      return deviceIn(req);
    },
  };
}
