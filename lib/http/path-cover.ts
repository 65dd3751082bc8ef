/** A piece of a path with the slash before it, and whether its router tells upper from lower case. */
interface Segment {
  readonly text: string;
  readonly sensitive: boolean;
}

/** A path as it was given to Express, piece by piece. A slash with nothing behind it is a piece, too. */
export type Path = readonly Segment[];

/** What a router tells apart. */
interface Rules {
  readonly caseSensitive?: boolean;
  readonly strict?: boolean;
}

/**
 * Reads a path's text. Every slash counts, for `admin` and `//admin` are not where `/admin` is; only
 * one at the end does not, unless the router is strict. A pattern that is no text stays in one piece.
 */
export function readPath(text: string, { caseSensitive = false, strict = false }: Rules): Path {
  const isPattern = text.startsWith('/') && /\/[a-z]*$/.test(text) && /[\\^$|]/.test(text);
  const own = strict ? text : text.replace(/\/$/, '');
  const pieces = isPattern ? [text] : (own.match(/\/?[^/]+|\//g) ?? []);
  return pieces.map((piece) => ({ text: piece, sensitive: caseSensitive }));
}

/** A path as a router reads it that is not strict. */
export function withoutSlash(path: Path): Path {
  return path.at(-1)?.text === '/' ? path.slice(0, -1) : path;
}

/** Stands for a mount that a router does not tell: two of them are not the same. */
export const UNTOLD = '(unknown)';

/** A path's text, as one reads it in the app. */
export function pathText(path: Path): string {
  return path.map(({ text }) => text).join('') || '/';
}

/**
 * Whether every request under the second path is under the first, too. What cannot be told counts
 * as not covered: the guard of a route must never be taken for granted.
 */
export function coversBelow(guard: Path, path: Path): boolean {
  const head = withoutRest(guard);
  const rest = guard[head.length];
  if (rest) {
    const at = path[head.length];
    if (!coversBelow(head, path)) return false;
    if (at && (isPlain(at) || at.text === rest.text)) return true;
    return head.length === 0 && EVERY.test(rest.text);
  }
  return guard.every((segment, i) => coversSegment(segment, path[i]));
}

/** Whether every request for the second path is one for the first. */
export function coversExactly(guard: Path, path: Path): boolean {
  const isRest = withoutRest(guard).length < guard.length;
  return coversBelow(guard, path) && (isRest || guard.length === path.length);
}

/** A path without its last piece where that stands for all that follows. */
export function withoutRest(path: Path): Path {
  return REST.test(path.at(-1)?.text ?? '') ? path.slice(0, -1) : path;
}

/** All that follows: `*` of Express 4; `*name` and, with nothing, `{*name}` of Express 5. */
const REST = /^\/?(?:\*|\*\w+|\{\*\w+\})$/;
/** Those of them that may be nothing. */
const EVERY = /^\/?(?:\*|\{.*)$/;
const LITERAL = /^\/[^:*?+(){}[\]!\\|^$]+$/;
const PARAMETER = /^\/:\w+$/;

function isPlain({ text }: Segment): boolean {
  return LITERAL.test(text) || PARAMETER.test(text);
}

function coversSegment(guard: Segment, segment: Segment | undefined): boolean {
  if (!segment || guard.text === `/${UNTOLD}`) return false;
  if (PARAMETER.test(guard.text)) return isPlain(segment);
  // A guard that tells upper from lower case misses what a route that does not would serve.
  if (guard.sensitive) return segment.sensitive && segment.text === guard.text;
  return LITERAL.test(guard.text)
    ? segment.text.toLowerCase() === guard.text.toLowerCase()
    : segment.text === guard.text;
}
