import { METHODS } from 'node:http';

import { MfaError } from '../errors.ts';
import { markOf } from './marks.ts';
import { isPassedBare } from './passed-bare.ts';
import {
  coversBelow,
  coversExactly,
  pathText,
  readPath,
  withoutRest,
  withoutSlash,
} from './path-cover.ts';
import type { Given, Path } from './path-cover.ts';
import { entriesOf, routerOf } from './route-tree.ts';
import type { Called, Handler, RouterLike } from './route-tree.ts';

/** A guard that was passed on the way; one on a route of its own guards that path and method only. */
interface Passing {
  readonly path: Path;
  readonly own: Path;
  readonly given: Given;
  readonly route?: { readonly methods: ReadonlySet<string>; readonly router: RouterLike };
}

const ALL = 'all';

/**
 * The routes of an app that no guard stands before, as `GET /path`, in the order of the app. Our
 * own router is left out.
 *
 * @throws MfaError `options_invalid` when `except` names what is not among them
 */
export function unguardedRoutes(app: unknown, except: readonly string[] = []): string[] {
  const found = new Set<string>();
  walk(routerOf(app), [], [], found);
  for (const route of except) {
    // An exception that has lost its route would be one for the next route of that name.
    if (!found.delete(route)) {
      throw new MfaError(
        'options_invalid',
        `unguarded: \`except\` names ${route}, which is guarded or not there; take it out of the list.`,
      );
    }
  }
  return [...found];
}

function walk(router: RouterLike, base: Path, outer: readonly Passing[], found: Set<string>): void {
  const guards = [...outer];
  const { caseSensitive = false } = router;
  for (const entry of entriesOf(router)) {
    const ends = entry.kind === 'route';
    // No mount is strict, whatever its router is.
    const rules = { caseSensitive, strict: ends && router.strict === true, ends };
    for (const given of entry.paths) {
      const own = readPath(given, rules);
      const path = [...base, ...own];
      switch (entry.kind) {
        case 'router': {
          if (markOf(entry.router) === 'router') break;
          const { takesSlash } = entry;
          const strips = takesSlash || own.length > 0;
          const met = strips ? guards.filter((guard) => isMet(guard, path, takesSlash)) : guards;
          walk(entry.router, path, met, found);
          break;
        }
        case 'use':
          if (markOf(entry.handler) === 'guard') guards.push({ path, own, given });
          else if (mayAnswer(entry.handler, own.length > 0) && !isGuarded(guards, path)) {
            found.add(`USE ${pathText(path)}`);
          }
          break;
        case 'route': {
          for (const method of openMethods(entry.handlers)) {
            if (isGuarded(guards, path, { method, router })) continue;
            found.add(`${method.toUpperCase()} ${pathText(path)}`);
          }
          const methods = guardedFirst(entry.handlers);
          if (methods.size > 0) guards.push({ path, own, given, route: { methods, router } });
          break;
        }
      }
    }
  }
}

function isGuarded(
  guards: readonly Passing[],
  path: Path,
  asked?: { readonly method: string; readonly router: RouterLike },
): boolean {
  // A route at `/` is for that alone; what `use()` has there is for all.
  const isRoot = asked !== undefined && path.length === 0;
  return guards.some((guard) => {
    if (!isRoot && isPassedBare(guard, path)) return false;
    if (!guard.route) return coversBelow(guard.path, path);
    const { methods, router } = guard.route;
    if (!asked || !(methods.has(asked.method) || methods.has(ALL))) return false;
    if (router === asked.router) return coversExactly(guard.path, path);
    // Where a slash at the end counts, the root of a router has one that its mount has not.
    if (router.strict === true) return false;
    return coversExactly(guard.path, asked.router.strict === true ? withoutSlash(path) : path);
  });
}

/**
 * Whether a guard is met by all who enter a mount, with a second slash behind it, too (attack A29).
 * Where the mount takes that for its own, `/a//b` leads past a guard of `/a/b`; and `/a//` leads to the
 * root of what is mounted, past one of a route at `/a`.
 */
function isMet({ path, route }: Passing, mount: Path, takesSlash: boolean): boolean {
  const named = withoutRest(path).length;
  if (takesSlash && named > mount.length) return false;
  return !route || named < path.length || named !== mount.length;
}

/** The methods of a route for which a handler of the host's may run before any guard of the route. */
function openMethods(handlers: readonly Handler[]): readonly string[] {
  const open = methodsOf(handlers).filter((method) => {
    const run = handlersOf(handlers, method);
    const last = run.findLastIndex(({ handle }) => markOf(handle) !== 'guard');
    return last >= 0 && !run.slice(0, last).some(({ handle }) => markOf(handle) === 'guard');
  });
  return summed(open);
}

/** The methods of a route whose first handler is a guard. */
function guardedFirst(handlers: readonly Handler[]): ReadonlySet<string> {
  const methods = methodsOf(handlers);
  const guarded = methods.filter(
    (method) => markOf(handlersOf(handlers, method)[0]?.handle) === 'guard',
  );
  // One method with another handler first: `all` is not all.
  const some = guarded.length < methods.length ? guarded.filter((m) => m !== ALL) : guarded;
  // What is asked by HEAD is for GET, unless the route has an answer of its own.
  const isPast = methods.includes('head') && !guarded.includes('head');
  return new Set(summed(isPast ? some.filter((m) => m !== 'get') : some));
}

function methodsOf(handlers: readonly Handler[]): readonly string[] {
  return [...new Set(handlers.map(({ method }) => method ?? ALL))];
}

function handlersOf(handlers: readonly Handler[], asked: string): readonly Handler[] {
  return handlers.filter(({ method }) => method === undefined || method === asked);
}

/** `app.all` is one handler for each method there is. */
function summed(methods: readonly string[]): readonly string[] {
  const isEvery = METHODS.every((method) => methods.includes(method.toLowerCase()));
  return isEvery || methods.includes(ALL) ? [ALL] : methods;
}

/**
 * Whether a function of `app.use` is there to answer. One that is mounted for every path is a
 * parser, a session or the like, save for files and whole apps; an error handler answers no request.
 */
function mayAnswer(handler: Called, isBelow: boolean): boolean {
  if (handler.length > 3) return false;
  return isBelow || ANSWERING.has(handler.name);
}

/** What `express.static` and `app.use(otherApp)` call their functions. */
const ANSWERING: ReadonlySet<string> = new Set(['serveStatic', 'mounted_app']);
