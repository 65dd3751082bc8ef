import { createHash } from 'node:crypto';

import { script } from './assets/script.ts';
import { style } from './assets/style.ts';
import { brandStyle } from './brand-style.ts';
import type { SettledPages } from './settle-pages.ts';

/** The files that pages ask for, by name; a name says what is in the file, so it may be kept for ever. */
export interface Assets {
  readonly names: Readonly<Record<'style' | 'script' | 'icon', string>>;
  readonly files: ReadonlyMap<string, { readonly type: string; readonly text: string }>;
}

/** Style, script and icon of an app's pages. */
export function createAssets({ brand }: SettledPages): Assets {
  const texts = {
    style: { type: 'css', text: style + brandStyle(brand.colors ?? {}) },
    script: { type: 'js', text: script },
    icon: { type: 'svg', text: ICON },
  };
  const nameOf = ({ type, text }: { readonly type: string; readonly text: string }): string =>
    `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.${type}`;
  return {
    names: { style: nameOf(texts.style), script: nameOf(texts.script), icon: nameOf(texts.icon) },
    files: new Map(Object.values(texts).map((file) => [nameOf(file), file])),
  };
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1d4fd7" d="M16 2 4 7v8c0 7.400 5.100 13.300 12 15 6.900-1.700 12-7.600 12-15V7z"/><path fill="none" stroke="#fff" stroke-width="3" d="m10 16 4.500 4.500L22.500 12"/></svg>';
