/** Both majors of Express have a syntax of their own: `/*all` is a wildcard of one, and hardly anything in the other. */
export type Syntax = 'Express 4' | 'Express 5';

/** A path as the host gave it, and how it is to be read. What is not told is like nothing else. */
export interface Given {
  readonly text: string;
  readonly syntax: Syntax | 'RegExp' | 'untold';
}

/** A piece of a path with the slash before it, and whether its router tells upper from lower case. */
interface Segment {
  readonly text: string;
  readonly sensitive: boolean;
  /** `rest` is all that follows, `every` too, and nothing; a `whole` path has no other pieces. */
  readonly kind: 'literal' | 'parameter' | 'rest' | 'every' | 'other' | 'whole' | 'untold';
  /** What else tells how it is matched. */
  readonly reading: string;
}

/** A path as it was given to Express, piece by piece. A slash with nothing behind it is a piece, too. */
export type Path = readonly Segment[];

/** What a router tells apart, and whether a path ends where a request does: that of a mount goes on. */
interface Rules {
  readonly caseSensitive?: boolean;
  readonly strict?: boolean;
  readonly ends?: boolean;
}

/**
 * Reads a path. Every slash counts, for `admin` and `//admin` are not where `/admin` is; only one at
 * the end does not, unless the router is strict. A RegExp, and a text that is one in disguise, stays
 * whole: nobody knows what is under it.
 */
export function readPath(
  { text, syntax }: Given,
  { caseSensitive: sensitive = false, strict = false, ends = false }: Rules,
): Path {
  if (syntax === 'untold') return [{ text, sensitive, kind: syntax, reading: '' }];
  // Express 5 takes every slash from the end of a mount.
  const atEnd = !ends && syntax === 'Express 5' ? /\/+$/ : /\/$/;
  const pieces = (strict ? text : text.replace(atEnd, '')).match(/\/?[^/]+|\//g) ?? [];
  if (syntax === 'RegExp' || !isOfPieces(text, pieces, syntax, ends)) {
    // A mount needs a slash behind its match, and a route none: the same RegExp is not the same there.
    const reading = [syntax, ...(ends ? ['route'] : []), ...(strict ? ['strict'] : [])].join(' ');
    return [{ text, sensitive, kind: 'whole', reading }];
  }
  return pieces.map((piece, i) => pieceOf(piece, syntax, sensitive, i === 0));
}

/** A path as a router reads it that is not strict. */
export function withoutSlash(path: Path): Path {
  const { kind, text } = path.at(-1) ?? {};
  return kind === 'other' && text === '/' ? path.slice(0, -1) : path;
}

/** Stands for a mount that a router does not tell. */
export const UNTOLD: Given = { text: '/(unknown)', syntax: 'untold' };

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
  if (!head.every((segment, i) => coversSegment(segment, path[i]))) return false;
  const rest = guard[head.length];
  const at = path[head.length];
  if (!rest || (at && (isPlain(at) || isSame(at, rest)))) return true;
  return head.length === 0 && rest.kind === 'every';
}

/** Whether every request for the second path is one for the first. */
export function coversExactly(guard: Path, path: Path): boolean {
  const isRest = withoutRest(guard).length < guard.length;
  return coversBelow(guard, path) && (isRest || guard.length === path.length);
}

/** A path without its last piece where that stands for all that follows. */
export function withoutRest(path: Path): Path {
  const kind = path.at(-1)?.kind;
  return kind === 'rest' || kind === 'every' ? path.slice(0, -1) : path;
}

/**
 * A piece of Express 4 that begins with its slash, whatever else it does: the text is a RegExp there, and
 * what is `/admin/?x` to it is no path below `/admin`.
 */
const PIECE_4 = /^\/?(?:(?:[^:*?+(){}[\]!\\|^$/]|\*|:\w+|\([^()]*\))+[?+]?)?$/;
/** What Express 5 escapes or quotes, and a wildcard that takes less behind another one. */
const ODD_5 = /[\\"]|\*[^]*\*/;

function isOfPieces(
  text: string,
  pieces: readonly string[],
  syntax: Syntax,
  ends: boolean,
): boolean {
  // A route without any text is not where `/` is.
  if (ends && text === '') return false;
  return syntax === 'Express 5' ? !ODD_5.test(text) : pieces.every((piece) => PIECE_4.test(piece));
}

const LITERAL = /^\/[^:*?+(){}[\]!\\|^$]+$/;
const PARAMETER = /^\/:\w+$/;
/** All that follows: of Express 4 a bare `*`, of Express 5 `*name` and, with nothing, `{*name}`. */
const REST: Readonly<Record<Syntax, RegExp>> = {
  'Express 4': /^\/?\*$/,
  'Express 5': /^\/?(?:\*\w+|\{\*\w+\})$/,
};
/** Those of them that may be nothing. */
const EVERY: Readonly<Record<Syntax, RegExp>> = {
  'Express 4': REST['Express 4'],
  'Express 5': /^\/?\{/,
};

function pieceOf(text: string, syntax: Syntax, sensitive: boolean, isFirst: boolean): Segment {
  if (LITERAL.test(text)) return { text, sensitive, kind: 'literal', reading: '' };
  if (PARAMETER.test(text)) return { text, sensitive, kind: 'parameter', reading: '' };
  const rest = EVERY[syntax].test(text) ? 'every' : 'rest';
  const kind = REST[syntax].test(text) ? rest : 'other';
  // A mount adds the slash that `/*` begins with: `/a` is below a `/*` mounted at `/a`, and not `/a/*`.
  return { text, sensitive, kind, reading: isFirst ? `${syntax} first` : syntax };
}

function isPlain({ kind }: Segment): boolean {
  return kind === 'literal' || kind === 'parameter';
}

function coversSegment(guard: Segment, segment: Segment | undefined): boolean {
  if (!segment) return false;
  if (guard.kind === 'parameter') return isPlain(segment);
  // A guard that tells upper from lower case misses what a route that does not would serve.
  return guard.kind === 'literal' && !guard.sensitive
    ? segment.text.toLowerCase() === guard.text.toLowerCase()
    : isSame(guard, segment);
}

/** Whether both match the same. What a piece leaves out may have letters, and be less where case is not told. */
export function isSame(one: Segment, other: Segment): boolean {
  const isTold = one.kind !== 'untold' && one.kind === other.kind;
  return (
    isTold &&
    one.text === other.text &&
    one.sensitive === other.sensitive &&
    one.reading === other.reading
  );
}
