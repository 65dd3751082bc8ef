import { MfaError } from '../errors.ts';
import { UNTOLD } from './path-cover.ts';

/** One entry of a router, as both majors of Express keep it. `paths` are texts as they were given. */
export type Entry =
  | {
      readonly kind: 'route';
      readonly paths: readonly string[];
      readonly handlers: readonly Handler[];
    }
  | {
      readonly kind: 'router';
      readonly paths: readonly string[];
      readonly router: RouterLike;
      /** The mount takes a second slash behind it for its own, as in Express 4: `/a//b` is `/b` there. */
      readonly takesSlash: boolean;
    }
  | { readonly kind: 'use'; readonly paths: readonly string[]; readonly handler: Called };

/** A handler of a route; without a method it runs for all. */
export interface Handler {
  readonly method: string | undefined;
  readonly handle: unknown;
}

/** A function that Express calls; the one of a mounted app has Express's own name for it. */
export type Called = ((...args: never[]) => unknown) & { readonly stack?: unknown };

/** What is read of a router. */
export interface RouterLike {
  readonly stack: readonly Layer[];
  readonly caseSensitive?: boolean;
  readonly strict?: boolean;
}

/** A layer of Express 4 has a `regexp`, one of Express 5 a `slash` and, from 5.3 on, its `rawPath`. */
interface Layer {
  readonly handle: Called;
  readonly route?: {
    readonly path: unknown;
    readonly stack: readonly { readonly method?: string; readonly handle: unknown }[];
  };
  readonly rawPath?: unknown;
  readonly slash?: boolean;
  readonly regexp?: RegExp & { readonly fast_slash?: boolean; readonly fast_star?: boolean };
  readonly keys?: readonly { readonly name: string | number }[];
}

/**
 * The router of an app, or the router itself.
 *
 * @throws MfaError `options_invalid` for anything else
 */
export function routerOf(app: unknown): RouterLike {
  const host = app as {
    readonly stack?: unknown;
    readonly _router?: unknown;
    readonly lazyrouter?: unknown;
    readonly router?: unknown;
  };
  const isObject = typeof app === 'function' || (typeof app === 'object' && app !== null);
  if (isObject && isRouter(host)) return host;
  if (isObject && isRouter(host._router)) return host._router;
  // Express 4 makes its router with the first route, and throws when `app.router` is read.
  if (isObject && typeof host.lazyrouter === 'function') return { stack: [] };
  if (isObject && isRouter(host.router)) return host.router;
  throw new MfaError('options_invalid', 'unguarded() expects an Express app or router.');
}

/** What a router holds, in its order. */
export function entriesOf(router: RouterLike): readonly Entry[] {
  return router.stack.map((layer) => {
    if (layer.route) {
      const handlers = layer.route.stack.map(({ method, handle }) => ({ method, handle }));
      return { kind: 'route', paths: textsOf(layer.route.path), handlers };
    }
    const { handle } = layer;
    const paths = mountsOf(layer, router.caseSensitive === true);
    return isRouter(handle)
      ? { kind: 'router', paths, router: handle, takesSlash: layer.regexp !== undefined }
      : { kind: 'use', paths, handler: handle };
  });
}

function isRouter(value: unknown): value is RouterLike {
  return Array.isArray((value as { readonly stack?: unknown } | undefined)?.stack);
}

function textsOf(path: unknown): readonly string[] {
  return [path].flat(Infinity).map(String);
}

function mountsOf(
  { rawPath, regexp, keys = [], slash }: Layer,
  sensitive: boolean,
): readonly string[] {
  if (rawPath !== undefined) return textsOf(rawPath);
  if (slash === true || regexp?.fast_slash === true) return ['/'];
  if (regexp?.fast_star === true) return ['*'];
  return regexp ? readPattern(regexp, keys, sensitive) : [`/${UNTOLD}`];
}

/** The paths that Express 4 made this pattern of, or the pattern itself where the host gave one. */
function readPattern(
  regexp: RegExp,
  keys: readonly { readonly name: string | number }[],
  sensitive: boolean,
): readonly string[] {
  const names = keys.map(({ name }) => name);
  const parameter = (): string => `/:${names.shift()}`;
  const paths = regexp.source.split('|^').map((part) => {
    const [, own] = /^\^?(.*?)(?:\\\/\?)?\(\?=\\\/\|\$\)$/.exec(part) ?? [];
    return own
      ?.replaceAll(PARAMETER, parameter)
      .replaceAll('(.*)', '*')
      .replaceAll(/\\([/.])/g, '$1');
  });
  const isOurs = regexp.flags === (sensitive ? '' : 'i');
  const plain = paths.filter((path) => path !== undefined && PLAIN.test(path));
  return isOurs && plain.length === paths.length
    ? plain.map((path) => path || '/')
    : [String(regexp)];
}

const PARAMETER = /(?:\(\?:\\\/|\\\/\(\?:)\(\[\^\\?\/\]\+\?\)\)/g;
const PLAIN = /^(?:\/(?:\*|:?[^:*?+(){}[\]!\\|^$/]+))*$/;
