import type { Request, Response, Router } from 'express';

import type { Answer } from '../http/answering.ts';
import type { Http } from '../http/route.ts';
import { createAssets } from './create-assets.ts';
import { frameOf } from './frame-of.ts';
import { problem } from './problem.tsx';
import type { Problem } from './problem.tsx';
import { pageRoutes } from './routes.ts';
import type { SettledPages } from './settle-pages.ts';
import { showPage } from './show-page.tsx';
import type { Site } from './visit.ts';

/** The pages once they are needed: their routes, and a page for what a guard cannot let through. */
export interface Loaded {
  readonly routes: Router;
  tell(req: Request, res: Response, base: string, status: number): Promise<Answer>;
}

/** Makes style, script and routes of one app. */
export function load(http: Http, options: SettledPages): Loaded {
  const { engine } = http;
  const assets = createAssets(options);
  const name = options.brand.name ?? engine.settings.issuer;
  const at = (base: string): Site => ({ options, assets, name, base });
  return {
    routes: pageRoutes(http, assets, (req) => at(options.path ?? req.baseUrl)),
    async tell(req, res, base, status) {
      const frame = await frameOf(engine, at(base), req);
      return () => showPage(res, frame, problem(frame, PROBLEMS[status] ?? 'broken'));
    },
  };
}

const PROBLEMS: Readonly<Record<number, Problem>> = { 403: 'unsecure', 503: 'unavailable' };
