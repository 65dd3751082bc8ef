import type { Request } from 'express';
import { check, optional, pipe, string, strictTuple, union } from 'valibot';
import type { InferOutput } from 'valibot';

import { shapes } from '../option-shapes.ts';
import { readOptions } from '../read-options.ts';
import { unknownOptions } from '../unknown-options.ts';
import { ownPath } from './own-path.ts';
import type { PagesOptions } from './pages-options.ts';

const { fn, shape, text } = shapes;

const PATH = "must be a path of the app itself, such as '/security'";
const path = pipe(
  string(PATH),
  check((value) => ownPath(value) === value, PATH),
);
const mount = pipe(
  path,
  check((value) => /^\/.*[^/?#]$/.test(value) && !/[?#]/.test(value), PATH),
);
const COLOR = "must be '#rgb' or '#rrggbb', or two of them: [light, dark]";
const hex = text(/^#(?:[\da-f]{3}|[\da-f]{6})$/i, "'#rgb' or '#rrggbb'");
const color = optional(union([hex, strictTuple([hex, hex])], COLOR));
const colors = shape({ accent: color, background: color, surface: color, text: color });
const brand = shape({
  name: optional(text(/^[^\p{Cc}\p{Cs}]{1,64}$/u, 'a name of 1 to 64 characters')),
  logo: optional(path),
  colors: optional(colors, {}),
});
const LOCALE = "must be a BCP 47 tag such as 'de', or a function of the request that answers one";
const schema = shape({
  path: optional(mount),
  login: optional(path),
  home: optional(path, '/'),
  brand: optional(brand, {}),
  locale: optional(
    union(
      [pipe(string(), check(isTag, LOCALE)), fn<(req: Request) => string | undefined>('')],
      LOCALE,
    ),
  ),
});

/** Options of the pages as they were given, with every default filled in. */
export type SettledPages = InferOutput<typeof schema>;

/**
 * Checks the options of the pages once, at start.
 *
 * @throws MfaError `options_invalid`
 */
export function settlePages(options: PagesOptions): SettledPages {
  // What is no object at all is for the schema to refuse.
  const given = (options as PagesOptions | null)?.brand;
  const strange =
    unknownOptions(options, schema.entries) ??
    unknownOptions(given, brand.entries, 'brand.') ??
    unknownOptions(given?.colors, colors.entries, 'brand.colors.');
  return readOptions(schema, options, { of: 'pages', strange });
}

function isTag(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
