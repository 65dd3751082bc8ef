import type { Request } from 'express';

import type { Engine } from '../core/engine.ts';
import { MfaError } from '../errors.ts';
import type { Site } from './visit.ts';

/**
 * The language that the host wants a request's pages in, if it names one. A function of its own
 * that fails, or keeps us waiting, is a fault and names none: a page in another language is better
 * than no page.
 */
export function localeOf({ emit }: Engine, { options }: Site, req: Request): string | undefined {
  const { locale } = options;
  if (typeof locale !== 'function') return locale;
  try {
    const wanted: unknown = locale(req);
    if (typeof wanted === 'string') return wanted;
    if (wanted === undefined || wanted === null) return undefined;
    // A promise that rejects, and that nobody has looked at, would end the process.
    Promise.resolve(wanted).catch(() => undefined);
    throw new TypeError('not a text');
  } catch (cause) {
    emit({
      type: 'fault',
      ip: req.ip,
      error: new MfaError('host_callback_failed', FAILED, { cause }),
    });
    return undefined;
  }
}

const FAILED =
  '`locale` of the pages must answer a BCP 47 tag or undefined, and at once: no promise. See the cause.';
