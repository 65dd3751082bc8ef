import { MfaError } from '../errors.ts';
import { UNTOLD } from './path-cover.ts';
import type { Given, Syntax } from './path-cover.ts';

/** One entry of a router, as both majors of Express keep it. `paths` are as they were given. */
export type Entry =
  | {
      readonly kind: 'route';
      readonly paths: readonly Given[];
      readonly handlers: readonly Handler[];
    }
  | {
      readonly kind: 'router';
      readonly paths: readonly Given[];
      readonly router: RouterLike;
      /** The mount takes a second slash behind it for its own, as in Express 4: `/a//b` is `/b` there. */
      readonly takesSlash: boolean;
    }
  | { readonly kind: 'use'; readonly paths: readonly Given[]; readonly handler: Called };

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
      const { path } = layer.route;
      const handlers = layer.route.stack.map(({ method, handle }) => ({ method, handle }));
      return {
        kind: 'route',
        paths: givenOf(path, layer.regexp ? 'Express 4' : 'Express 5'),
        handlers,
      };
    }
    const { handle } = layer;
    const paths = mountsOf(layer, router.caseSensitive === true);
    return isRouter(handle)
      ? { kind: 'router', paths, router: handle, takesSlash: takesSlash(layer) }
      : { kind: 'use', paths, handler: handle };
  });
}

/** Each mount of Express 4 but that of `/` itself; one of no text, or of a `/` in a list, is none of that. */
function takesSlash({ regexp }: Layer): boolean {
  return regexp !== undefined && regexp.fast_slash !== true;
}

function isRouter(value: unknown): value is RouterLike {
  return Array.isArray((value as { readonly stack?: unknown } | undefined)?.stack);
}

function givenOf(path: unknown, syntax: Syntax): readonly Given[] {
  // In a list Express 4 gives a RegExp flags of its own, and other numbers to its groups.
  const isOther = syntax === 'Express 4' && Array.isArray(path);
  return [path].flat(Infinity).map((one) => {
    if (typeof one === 'string') return { text: one, syntax };
    return one instanceof RegExp && !isOther
      ? patternOf(one)
      : { text: String(one), syntax: 'untold' };
  });
}

/**
 * What Express 5 mounts. In a list a `/` is no mount for all that follows, but for little more than
 * itself; and a RegExp that matches with no slash behind its match keeps all others of the list from theirs.
 */
function mountedAt(rawPath: unknown): readonly Given[] {
  const given = givenOf(rawPath, 'Express 5');
  if (!Array.isArray(rawPath)) return given;
  const isMixed = given.some(({ syntax }) => syntax !== 'Express 5');
  return given.map((one) => (isMixed || one.text === '/' ? { ...one, syntax: 'untold' } : one));
}

/** One that goes on from its last match, by `g` or `y`, is not even like itself. */
function patternOf(regexp: RegExp): Given {
  const isSteady = !regexp.global && !regexp.sticky;
  return { text: String(regexp), syntax: isSteady ? 'RegExp' : 'untold' };
}

function mountsOf(
  { rawPath, regexp, keys = [], slash }: Layer,
  sensitive: boolean,
): readonly Given[] {
  if (rawPath !== undefined) return mountedAt(rawPath);
  if (slash === true) return [{ text: '/', syntax: 'Express 5' }];
  if (regexp?.fast_slash === true) return [{ text: '/', syntax: 'Express 4' }];
  if (regexp?.fast_star === true) return [{ text: '*', syntax: 'Express 4' }];
  return regexp ? readPattern(regexp, keys, sensitive) : [UNTOLD];
}

/** The paths that Express 4 made this pattern of, or the pattern itself where the host gave one. */
function readPattern(
  regexp: RegExp,
  keys: readonly { readonly name: string | number }[],
  sensitive: boolean,
): readonly Given[] {
  const names = keys.map(({ name }) => name);
  const parameter = (): string => `/:${names.shift()}`;
  const paths = regexp.source.split('|^').map((part) => {
    const [, own] = /^\^?(.*?)(?:\\\/\?)?\(\?=\\\/\|\$\)$/.exec(part) ?? [];
    if (own === undefined || !OURS.test(own)) return undefined;
    return own
      .replaceAll(PARAMETER, parameter)
      .replaceAll('(.*)', '*')
      .replaceAll(/\\([/.])/g, '$1');
  });
  const isOurs = regexp.flags === (sensitive ? '' : 'i');
  const plain = paths.filter((path): path is string => path !== undefined && PLAIN.test(path));
  return isOurs && plain.length === paths.length
    ? plain.map((path) => ({ text: path, syntax: 'Express 4' }))
    : [patternOf(regexp)];
}

const PARAMETER = /(?:\(\?:\\\/|\\\/\(\?:)\(\[\^\\?\/\]\+\?\)\)/g;
/** What Express makes of plain paths: it escapes each dot, and a colon is none but that of a parameter. */
const OURS = new RegExp(
  String.raw`^(?:${PARAMETER.source}|\(\.\*\)|\\[/.]|[^.:*?+(){}[\]!\\|^$/])*$`,
);
const PLAIN = /^(?:\/(?:\*|:?[^:*?+(){}[\]!\\|^$/]+))*$/;
