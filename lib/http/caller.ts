import type { Request } from 'express';

import type { Caller } from '../core/engine.ts';
import { deviceIn } from './device-cookie.ts';
import { pointerOf } from './host-session.ts';
import { networkOf } from './network.ts';

/** Who asks, as far as a request tells. */
export function callerOf(req: Request): Caller {
  return { ...strangerOf(req), pointer: pointerOf(req) };
}

/** The same without a session. */
export function strangerOf(req: Request): Caller {
  return { ip: req.ip, network: networkOf(req.ip), device: deviceIn(req) };
}
