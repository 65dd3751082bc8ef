import type { Request, Response } from 'express';

import type { Engine } from '../core/engine.ts';
import type { WireError } from './error-types.ts';
import { createSetupCheck } from './setup-check.ts';
import type { Hosting } from './setup-check.ts';

/**
 * Turns requests away before anything is looked at; answers nothing for those that may come in.
 *
 * @throws MfaError `setup_unsafe` in strict mode
 */
export type Door = (req: Request, res?: Response) => Promise<WireError | undefined>;

/** The door of one app: TLS in production (NIST SP 800-63B-4 section 5.1), and a sound set-up. */
export function createDoor(engine: Engine, hosting: Hosting): Door {
  const { note, check } = createSetupCheck(engine, hosting);
  return async (req, res) => {
    // The request of a WebSocket upgrade knows nothing of TLS: only what is surely plain is refused.
    if (hosting.production && !hosting.allowHttp && req.secure === false) {
      note('plain-http', PLAIN_HTTP.message);
      return PLAIN_HTTP;
    }
    await check(req, res);
    return undefined;
  };
}

const PLAIN_HTTP: WireError = {
  status: 403,
  type: 'general_access_forbidden',
  message:
    'This needs HTTPS. If TLS ends at a proxy, the app must know how many proxies stand before it: ' +
    "app.set('trust proxy', 1).",
};
