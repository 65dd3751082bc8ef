import type { Request, RequestHandler, Response } from 'express';

import type { Answer } from '../http/answering.ts';
import type { Http } from '../http/route.ts';
import { createAssets } from './create-assets.ts';
import { frameOf } from './frame-of.ts';
import { ownPath } from './own-path.ts';
import { problem } from './problem.tsx';
import type { Problem } from './problem.tsx';
import { pageRoutes } from './routes.ts';
import type { SettledPages } from './settle-pages.ts';
import { showPage } from './show-page.tsx';
import type { Site } from './visit.ts';

/** The pages once they are needed: their routes, and a page for what a guard cannot let through. */
export interface Loaded {
  readonly routes: RequestHandler;
  tell(req: Request, res: Response, base: string, status: number): Promise<Answer>;
}

/** Makes style, script and routes of one app. */
export function load(http: Http, options: SettledPages): Loaded {
  const { engine } = http;
  const assets = createAssets(options);
  const name = options.brand.name ?? engine.settings.issuer;
  const at = (base: string): Site => ({ options, assets, name, base });
  const routes = pageRoutes(http, assets, (req) => at(options.path ?? req.baseUrl));
  return {
    routes: (req, res, next) => {
      // Below a wildcard `//evil.example` may stand before the mount: there each link would leave the app (attack A64).
      const { path = req.baseUrl } = options;
      if (path === '' || ownPath(path) === path) routes(req, res, next);
      else next();
    },
    async tell(req, res, base, status) {
      const frame = await frameOf(engine, at(base), req);
      return () => showPage(res, frame, problem(frame, PROBLEMS[status] ?? 'broken'));
    },
  };
}

const PROBLEMS: Readonly<Record<number, Problem>> = { 403: 'unsecure', 503: 'unavailable' };
