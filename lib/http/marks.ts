const MARK = Symbol('express-mfa');

/** What of ours a handler in the host's app is. */
export type Mark = 'guard' | 'router';

/** Marks a handler as ours, so that it is known again among the host's own. */
export function marked<T extends object>(handler: T, mark: Mark): T {
  return Object.defineProperty(handler, MARK, { value: mark });
}

/** What of ours this is; undefined for whatever is the host's. */
export function markOf(handler: unknown): Mark | undefined {
  return (handler as { readonly [MARK]?: Mark } | undefined)?.[MARK];
}
