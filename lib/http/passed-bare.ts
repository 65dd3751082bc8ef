import { isSame, pathText } from './path-cover.ts';
import type { Given, Path } from './path-cover.ts';

/** A guard: its path in the app, and in its own router, where it is as it was given. */
interface Guard {
  readonly path: Path;
  readonly own: Path;
  readonly given: Given;
}

/**
 * Whether a request may be for a path and past a guard because it begins with no slash, as `GET *` and
 * `GET *admin` do. Node takes them, and `/*` does not.
 */
export function isPassedBare(guard: Guard, path: Path): boolean {
  return mayBeBare(path) && !isForAll(guard) && !isAlike(guard, path);
}

function mayBeBare(path: Path): boolean {
  const [first] = path;
  if (!first || first.kind === 'untold') return true;
  return !(first.kind === 'whole' ? ROOTED_REGEXP.test(first.text) : ROOTED.test(pathText(path)));
}

/** Only by `use()` at `/`, or at no path, is each layer below it met without a look at the request. */
function isForAll({ own, given: { text } }: Guard): boolean {
  const [first] = own;
  if (!first) return text === '/';
  return own.length === 1 && first.kind === 'every' && !text.startsWith('/');
}

/** What begins alike has met the same; but below a RegExp, which may match nothing, it begins again. */
function isAlike({ path: [one], own }: Guard, [other]: Path): boolean {
  if (!one || !other || !isSame(one, other)) return false;
  return one.kind !== 'whole' || own.includes(one);
}

const ROOTED_REGEXP = /^\/\^\\\/(?![?*{])[^|]*$/;
/** Groups of Express 5 that begin with a slash may come before another one. */
const ROOTED = /^(?:\{\/[^{}]*\})*(?:\/|$)/;
