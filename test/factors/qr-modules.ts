import { inflateSync } from 'node:zlib';

/** The dark modules of an SVG of qrcode: one stroke of height 1 for each run of them, in rows. */
export function modulesOfSvg(svg: string): readonly string[] {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]) - 8;
  const strokes = /stroke="#000000" d="([^"]+)"/.exec(svg)?.[1] ?? '';
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => ' '));
  let [x, y] = [0, 0];
  for (const [, command, first = '', second = ''] of strokes.matchAll(
    /([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?/g,
  )) {
    if (command === 'M') [x, y] = [Number(first), Math.floor(Number(second))];
    if (command === 'm') [x, y] = [x + Number(first), y + Number(second)];
    if (command === 'h')
      for (let n = Number(first); n > 0; n -= 1, x += 1) (rows[y - 4] ?? [])[x - 4] = '#';
  }
  return rows.map((row) => row.join(''));
}

/** The dark modules of a PNG of qrcode, read from the middle of each. */
export function modulesOfPng(dataUrl: string): readonly string[] {
  const png = Buffer.from(dataUrl.replace(/^data:image\/png;base64,/, ''), 'base64');
  const [width, depth, color] = [png.readUInt32BE(16), png[24], png[25]];
  if (depth !== 8 || color !== 6) throw new Error('not a PNG of 8 bits RGBA');
  const pixels = unfiltered(inflateSync(dataOf(png)), width * 4);
  const isDark = (x: number, y: number): boolean => (pixels[y]?.[x * 4] ?? 255) < 128;
  let margin = 0;
  while (margin < width && !isDark(margin, margin)) margin += 1;
  const scale = margin / 4;
  return Array.from({ length: width / scale - 8 }, (_, row) =>
    Array.from({ length: width / scale - 8 }, (_, column) => {
      const [x, y] = [column, row].map((n) => Math.floor((n + 4.5) * scale));
      return isDark(x ?? 0, y ?? 0) ? '#' : ' ';
    }).join(''),
  );
}

/** The content of all IDAT chunks. */
function dataOf(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(parts);
}

/** The rows of an image without PNG's filters (RFC 2083 section 6). */
function unfiltered(data: Buffer, stride: number): readonly Uint8Array[] {
  const rows: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += stride + 1) {
    const row = new Uint8Array(data.subarray(at + 1, at + 1 + stride));
    const above = rows.at(-1) ?? new Uint8Array(stride);
    const filter = data[at] ?? 0;
    for (let i = 0; i < stride; i += 1) {
      const [a, b, c] = [row[i - 4] ?? 0, above[i] ?? 0, above[i - 4] ?? 0];
      const paeth = (): number => {
        const p = a + b - c;
        const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      };
      row[i] = (row[i] ?? 0) + ([0, a, b, (a + b) >> 1][filter] ?? paeth());
    }
    rows.push(row);
  }
  return rows;
}
