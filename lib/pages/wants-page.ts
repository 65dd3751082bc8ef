import type { Request } from 'express';

/**
 * Whether a browser asks for a page to look at, rather than a script or an API client for data.
 * Whoever takes anything, as curl and `fetch()` do, is answered in JSON.
 */
export function wantsPage(req: Request): boolean {
  return req.accepts(['json', 'html']) === 'html';
}
