import express from 'express';
import type { Request, Response, Router } from 'express';

import type { Refusal } from '../core/outcome.ts';
import { MfaError } from '../errors.ts';
import { answering } from '../http/answering.ts';
import type { Answer } from '../http/answering.ts';
import { marked } from '../http/marks.ts';
import type { Http } from '../http/route.ts';
import { onceLoaded } from '../once-loaded.ts';
import { mountOf } from './mount.ts';
import { ownPath } from './own-path.ts';
import type { PagesOptions } from './pages-options.ts';
import { referringPath } from './referring-path.ts';
import { settlePages } from './settle-pages.ts';
import { wantsPage } from './wants-page.ts';
import { wayOn } from './way-on.ts';

/** The ready pages of an app. */
export interface Pages {
  readonly router: Router;
  /** Where a browser goes on that a guard turned away; undefined for whoever wants no page, or has nowhere to go. */
  wayOn(req: Request, refusal: Refusal): string | undefined;
  /** Says to a browser that a page cannot be had at present; undefined for whoever wants no page. */
  tell(req: Request, res: Response, status: number): Promise<Answer | undefined>;
}

/**
 * Ready pages, to be mounted once. Their code and templates are loaded with the first request for one.
 *
 * @throws MfaError `options_invalid`
 */
export function createPages(http: Http, given: PagesOptions): Pages {
  const options = settlePages(given);
  const loaded = onceLoaded(async () => (await import('./loaded.ts')).load(http, options));
  const router = marked(express.Router(), 'router');
  router.use(
    answering(http.engine, async (req, res) => {
      const { routes } = await loaded();
      return (next) => routes(req, res, next);
    }),
  );

  let base = options.path;
  const told = new Set<string>();
  const warn = (text: string): void => {
    if (told.has(text)) return;
    told.add(text);
    http.engine.emit({
      type: 'warning',
      reason: 'pages',
      error: new MfaError('setup_unsafe', text),
    });
  };
  const baseFor = (req: Request): string | undefined => {
    if (!wantsPage(req)) return undefined;
    base ??= mountOf(req, router);
    if (base === undefined) warn(NOT_FOUND);
    return base;
  };

  return {
    router,
    wayOn(req, refusal) {
      const at = baseFor(req);
      if (at === undefined) return undefined;
      const to = wayOn({ options, base: at }, hereOf(req) ?? options.home, refusal)?.to;
      if (to === undefined || pathOf(to) !== pathOf(req.originalUrl)) return to;
      // There it would be turned away again, for ever.
      warn(GUARDED);
      return undefined;
    },
    async tell(req, res, status) {
      const at = baseFor(req);
      return at === undefined ? undefined : (await loaded()).tell(req, res, at, status);
    },
  };
}

/** What was asked for, or the page whose form was sent: that page would be asked for by GET. */
function hereOf(req: Request): string | undefined {
  if (req.method === 'GET' || req.method === 'HEAD') return ownPath(req.originalUrl);
  return referringPath(req);
}

function pathOf(url: string): string | undefined {
  return url.split(/[?#]/)[0];
}

const NOT_FOUND =
  "A guard cannot tell where the pages are mounted, so it answers browsers in JSON. Say it: mfa.pages({ path: '/security' }).";
const GUARDED =
  'A guard stands before the page that it would send browsers to, so it answers them in JSON. Mount mfa.pages(), and ' +
  'your sign-in, before it.';
