import type { Request } from 'express';

import { ownPath } from './own-path.ts';

/** The page whose form was sent, if it is one of this very host. */
export function referringPath(req: Request): string | undefined {
  const referrer = req.get('referer') ?? '';
  if (!URL.canParse(referrer)) return undefined;
  const { host, pathname, search } = new URL(referrer);
  return host === req.get('host') ? ownPath(pathname + search) : undefined;
}
