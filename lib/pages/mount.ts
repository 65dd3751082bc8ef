import type { Request } from 'express';

import { pathText, readPath } from '../http/path-cover.ts';
import type { Path } from '../http/path-cover.ts';
import { entriesOf, routerOf } from '../http/route-tree.ts';
import type { RouterLike } from '../http/route-tree.ts';

/** An app, as far as it knows where it is mounted. */
interface HostApp {
  readonly parent?: HostApp;
  path(): string;
}

/**
 * Where a router is mounted, as browsers see it: in the app of this request, or one around it. A
 * mount by a pattern or a parameter has no one place, and is not found.
 */
export function mountOf(req: Request, wanted: unknown): string | undefined {
  for (let app: HostApp | undefined = req.app as unknown as HostApp; app; app = app.parent) {
    const found = within(routerOf(app), [], wanted);
    if (found) return `${app.path()}${pathText(found)}`.replace(/\/$/, '');
  }
  return undefined;
}

function within(router: RouterLike, base: Path, wanted: unknown): Path | undefined {
  for (const entry of entriesOf(router)) {
    if (entry.kind !== 'router') continue;
    for (const given of entry.paths) {
      const own = readPath(given, {});
      if (!own.every(({ kind }) => kind === 'literal')) continue;
      const path = [...base, ...own];
      if (entry.router === wanted) return path;
      const found = within(entry.router, path, wanted);
      if (found) return found;
    }
  }
  return undefined;
}
