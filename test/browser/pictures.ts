import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

const root = path.join(__dirname, '..', '..');
const made = path.join(root, 'reports', 'readme-images');
const kept = path.join(root, 'docs', 'images');
const SCHEMES = ['light', 'dark'] as const;
const GAP = 20;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The README's picture of one part of this project, in light and in dark: what a walk comes by anyway,
 * side by side. `npm run screenshots -- --readme` puts it where the README shows it.
 */
export class Pictures {
  readonly part: 'pages' | 'example';
  readonly #size: Size;
  readonly #shots = SCHEMES.map((): Buffer[] => []);

  constructor(part: 'pages' | 'example', size: Size) {
    this.part = part;
    this.#size = size;
  }

  /** Takes one more, as large as each is to be, and leaves the page as it was. */
  async take(page: Page): Promise<void> {
    const before = page.viewportSize() ?? this.#size;
    await page.setViewportSize(this.#size);
    for (const [index, colorScheme] of SCHEMES.entries()) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      this.#shots[index]?.push(await page.screenshot());
    }
    await page.setViewportSize(before);
  }

  /** Writes them, and says of each what it is called and how large it is. */
  async write(browser: Browser): Promise<readonly string[]> {
    mkdirSync(made, { recursive: true });
    const { width, height } = this.#size;
    const count = this.#shots[0]?.length ?? 0;
    const viewport = { width: count * (width + GAP), height: height + GAP };
    const page = await browser.newPage({ viewport });
    for (const [index, scheme] of SCHEMES.entries()) {
      const urls = this.#shots[index]?.map(
        (png) => `data:image/png;base64,${png.toString('base64')}`,
      );
      await page.setContent(`<style>
        body { margin: 0; display: flex; gap: ${GAP}px; padding: ${GAP / 2}px; }
        img { border-radius: 18px; outline: 1px solid #8888; }
      </style>${urls?.map((url) => `<img src="${url}">`).join('')}`);
      const file = path.join(made, `${this.part}-${scheme}.png`);
      writeFileSync(file, await page.screenshot({ omitBackground: true }));
    }
    await page.close();
    return told(made, SCHEMES.map((scheme) => `${this.part}-${scheme}.png`).sort());
  }
}

/** What the README shows of a part, and how large it is; what belongs to no part is nobody's to make. */
export function shown(part: Pictures['part']): readonly string[] {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const names = [...readme.matchAll(/docs\/images\/([\w.-]+)/g)]
    .map(([, name = '']) => name)
    .sort();
  expect(readdirSync(kept).sort()).toEqual(names);
  expect(names.filter((name) => !/^(pages|example)-/.test(name))).toEqual([]);
  return told(
    kept,
    names.filter((name) => name.startsWith(`${part}-`)),
  );
}

function told(folder: string, names: readonly string[]): readonly string[] {
  return names.map((name) => {
    // PNG, 11.2.2: width and height are what its first chunk begins with.
    const file = readFileSync(path.join(folder, name));
    return `${name}: ${file.readUInt32BE(16)} x ${file.readUInt32BE(20)}`;
  });
}
