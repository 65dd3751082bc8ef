import type { Request, Response } from 'express';

import type { Engine } from '../core/engine.ts';
import { MfaError } from '../errors.ts';
import { proxyFindings, savesUninitialized, sessionFindings } from './setup-findings.ts';
import type { Finding } from './setup-findings.ts';

/** What is known of the place where the app runs. */
export interface Hosting {
  readonly production: boolean;
  /** A setting that is unsafe is refused, not only told. */
  readonly strict: boolean;
  /** Plain HTTP is taken in production, too. */
  readonly allowHttp: boolean;
}

/**
 * Looks once at the settings around us, each as soon as a request shows it. What is unsafe is told
 * once, as a `warning`; in strict mode nothing is answered any more but the fault.
 */
export function createSetupCheck(engine: Engine, { production, strict }: Hosting) {
  const found = new Map<string, MfaError>();
  const seen = { app: false, session: false, cookie: false };
  let store: 'unknown' | 'asked' | 'known' = 'unknown';

  const note = (reason: string, message: string): void => {
    if (found.has(message)) return;
    const error = new MfaError('setup_unsafe', message);
    found.set(message, error);
    engine.emit({ type: 'warning', at: engine.now(), reason, error });
  };
  const noteAll = (findings: readonly Finding[]): void => {
    for (const { reason, message } of findings) note(reason, message);
  };

  const look = (req: Request, res: Response | undefined): void => {
    const { app, session } = req as { app?: unknown; session?: unknown };
    if (!seen.app && app !== undefined) {
      seen.app = true;
      noteAll(proxyFindings(req));
    }
    if (!seen.session && production && session !== undefined) {
      seen.session = true;
      noteAll(sessionFindings(req));
    }
    if (!seen.cookie && res && session !== undefined) {
      savesUninitialized(req, res, (finding) => {
        seen.cookie = true;
        noteAll(finding);
      });
    }
  };

  const askStore = async (): Promise<void> => {
    store = 'asked';
    try {
      for (const message of await engine.store.warnings()) note('store', message);
      store = 'known';
    } finally {
      if (store === 'asked') store = 'unknown';
    }
  };

  return {
    note,
    check: async (req: Request, res: Response | undefined): Promise<void> => {
      look(req, res);
      if (!strict) {
        // No request waits for this; a store that is away is asked again by the next one.
        if (store === 'unknown') void askStore().catch(() => undefined);
        return;
      }
      if (store !== 'known') await askStore();
      const [first] = found.values();
      if (first) throw first;
    },
  };
}
