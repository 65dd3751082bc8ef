import { closest, distance } from 'fastest-levenshtein';

type Known = { readonly [name: string]: unknown };

/** What is wrong with the names of options, or undefined: the first that does not exist, and what was probably meant. */
export function unknownOptions(options: unknown, known: Known, path = ''): string | undefined {
  if (typeof options !== 'object' || options === null) return undefined;
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) {
      const guess = closest(name, Object.keys(known));
      // Of a short name three other letters would be another name, not a slip.
      const near = distance(name, guess) <= Math.min(3, name.length / 2);
      const hint = near ? ` Did you mean \`${path}${guess}\`?` : '';
      return `there is no option \`${path}${name}\`.${hint}`;
    }
    const inner = known[name];
    if (path === '' && GROUPS.has(name)) {
      const found = unknownOptions(value, inner as Known, `${name}.`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const GROUPS: ReadonlySet<string> = new Set(['session', 'codes', 'csrf', 'hosting', 'limits']);
