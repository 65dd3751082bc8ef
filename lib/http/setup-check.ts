import type { Request, Response } from 'express';

import type { Engine } from '../core/engine.ts';
import { MfaError } from '../errors.ts';
import {
  addressFindings,
  isNewSession,
  proxyFindings,
  savesUninitialized,
  sessionFindings,
} from './setup-findings.ts';
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
  const told = new Set<string>();
  const unsafe: MfaError[] = [];
  const seen = { app: false, session: false, cookie: false };
  const store: { askedAt?: number | undefined; isKnown: boolean } = { isKnown: false };

  const note = (reason: string, message: string): void => {
    if (told.has(message)) return;
    told.add(message);
    const error = new MfaError('setup_unsafe', message);
    if (!PASSING.has(reason)) unsafe.push(error);
    engine.emit({ type: 'warning', reason, error });
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
    noteAll(addressFindings(req));
    if (!seen.session && production && isNewSession(req)) {
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

  /** Settings may change while we run; and when our own clock jumps, one of the two is wrong. */
  const isDue = (): boolean => {
    const { askedAt = Number.NEGATIVE_INFINITY } = store;
    return Math.abs(engine.now() - askedAt) >= ASK_EVERY_MS;
  };
  const askStore = async (): Promise<void> => {
    store.askedAt = engine.now();
    try {
      noteAll(await engine.store.warnings(() => engine.now()));
      store.isKnown = true;
    } catch (error) {
      store.askedAt = undefined;
      throw error;
    }
  };

  return {
    note,
    check: async (req: Request, res: Response | undefined): Promise<void> => {
      look(req, res);
      if (strict && !store.isKnown) await askStore();
      // No request waits for this; a store that is away is asked again by the next one.
      else if (isDue()) void askStore().catch(() => undefined);
      const [first] = unsafe;
      if (strict && first) throw first;
    },
  };
}

const ASK_EVERY_MS = 10 * 60_000;

/** What a single request or the time brings, and takes away again: told, and never held against the next request. */
const PASSING: ReadonlySet<string> = new Set(['client-address', 'clock', 'plain-http']);
