import type { Response } from 'express';
import { renderToString } from 'preact-render-to-string';

import { challenge } from '../http/respond.ts';
import { pageHeaders } from './page-headers.ts';
import { Layout } from './views/layout.tsx';
import type { Frame, Shown } from './visit.ts';

/** Sends a page, or the browser on. */
export function showPage(res: Response, frame: Frame, shown: Shown): void {
  pageHeaders(res);
  if ('to' in shown) {
    res.redirect(303, shown.to);
    return;
  }
  if (shown.status === 401) challenge(res);
  const { names } = frame.site.assets;
  const page = renderToString(<Layout frame={frame} assets={names} page={shown} />);
  res
    .status(shown.status ?? 200)
    .type('html')
    .send(`<!doctype html>${page}`);
}
