import type { Request } from 'express';

import { pathText, readPath } from '../http/path-cover.ts';
import type { Path } from '../http/path-cover.ts';
import { entriesOf, routerOf } from '../http/route-tree.ts';
import type { RouterLike } from '../http/route-tree.ts';

/** An app, as far as it knows where it is mounted; one that a router calls does not know of it. */
interface HostApp {
  readonly parent?: HostApp;
  /** As the host gave it: a text, a RegExp, or a list. */
  readonly mountpath: unknown;
}

/**
 * Where a router is mounted, as browsers see it: in the app of this request, or one around it. A
 * mount by a pattern, a parameter or a list has no one place, and is not found; nor is one in an app
 * of which nobody knows where it is.
 */
export function mountOf(req: Request, wanted: unknown): string | undefined {
  const innermost = req.app as unknown as HostApp;
  const asked = req.baseUrl.match(/\/[^/]*/g) ?? [];
  const isKnown = placesOf(innermost).some((place) => leadsTo(routerOf(innermost), place, asked));
  if (!isKnown) return undefined;
  for (let app: HostApp | undefined = innermost; app; app = app.parent) {
    const found = within(routerOf(app), [], wanted);
    if (!found) continue;
    const [place, ...others] = placesOf(app);
    if (!place?.every(isPlain) || others.length > 0) return undefined;
    return pathText([...place, ...found]).replace(/\/$/, '');
  }
  return undefined;
}

/** Each path by which an app is reached, from the outermost that it knows of. */
function placesOf({ parent, mountpath }: HostApp): readonly Path[] {
  if (!parent) return [[]];
  const own = [mountpath].flat(Infinity).map((path) =>
    // What is plain is so in both majors.
    readPath({ text: String(path), syntax: typeof path === 'string' ? 'Express 5' : 'untold' }, {}),
  );
  return placesOf(parent).flatMap((place) => own.map((path) => [...place, ...path]));
}

/** Whether something that is mounted there may be what is asked. Elsewhere, something unknown is around it all. */
function leadsTo(router: RouterLike, base: Path, asked: readonly string[]): boolean {
  if (isAt(base, asked)) return true;
  return entriesOf(router).some(
    (entry) =>
      entry.kind !== 'route' &&
      entry.paths.some((given) => {
        const path = [...base, ...readPath(given, {})];
        return entry.kind === 'router' ? leadsTo(entry.router, path, asked) : isAt(path, asked);
      }),
  );
}

function isAt(path: Path, asked: readonly string[]): boolean {
  const wild = path.findIndex((piece) => piece.kind !== 'parameter' && !isPlain(piece));
  if (wild < 0 && path.length !== asked.length) return false;
  return path
    .slice(0, wild < 0 ? path.length : wild)
    .every(({ kind, text }, i) =>
      kind === 'parameter'
        ? asked[i] !== undefined
        : text.toLowerCase() === asked[i]?.toLowerCase(),
    );
}

function within(router: RouterLike, base: Path, wanted: unknown): Path | undefined {
  for (const entry of entriesOf(router)) {
    if (entry.kind !== 'router') continue;
    for (const given of entry.paths) {
      const own = readPath(given, {});
      if (!own.every(isPlain)) continue;
      const path = [...base, ...own];
      if (entry.router === wanted) return path;
      const found = within(entry.router, path, wanted);
      if (found) return found;
    }
  }
  return undefined;
}

function isPlain({ kind }: Path[number]): boolean {
  return kind === 'literal';
}
