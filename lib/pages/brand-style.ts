import type { Color } from './pages-options.ts';
import type { SettledPages } from './settle-pages.ts';

type Colors = NonNullable<SettledPages['brand']['colors']>;

/** The app's own colors, as custom properties after ours. They were checked to be hex and nothing else. */
export function brandStyle(colors: Colors): string {
  const [light, dark] = [0, 1].map((scheme) => {
    const pairs = Object.entries(colors).flatMap(([name, color]) =>
      color === undefined ? [] : [[name, one(color, scheme)] as const],
    );
    const all = pairs.flatMap(([name, hex]) =>
      name === 'accent' ? [`--accent:${hex}`, `--on-accent:${onColor(hex)}`] : [`--${name}:${hex}`],
    );
    return all.length === 0 ? '' : `:root{${all.join(';')}}`;
  }) as [string, string];
  return light === '' ? '' : `\n${light}\n@media (prefers-color-scheme:dark){${dark}}`;
}

function one(color: Color, scheme: number): string {
  return typeof color === 'string' ? color : (color[scheme] ?? color[0]);
}

/** Black or white, whichever stands out more (WCAG 2.2, relative luminance and contrast ratio). */
function onColor(hex: string): '#000000' | '#ffffff' {
  const light = luminance(hex);
  return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? '#000000' : '#ffffff';
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
