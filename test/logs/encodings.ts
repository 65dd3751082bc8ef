/** A secret as it may stand in a text: the name of the form, and the form in {@link folded} letters. */
export type Encoding = readonly [form: string, text: string];

/** Letters as they are compared: without case, and base64url as base64. */
export const folded = (text: string): string =>
  text.toLowerCase().replaceAll('-', '+').replaceAll('_', '/');

/** A secret in plain, hex, base64, base64url and as it stands in a URL, alone or within a longer text. */
export function encodings(secret: string | Uint8Array): readonly Encoding[] {
  const bytes = Buffer.from(secret);
  const plain: readonly Encoding[] =
    typeof secret === 'string'
      ? [
          ['plain', secret],
          ['plain', secret.replaceAll('-', '')],
          ['URL', encodeURIComponent(secret)],
          ['URL', encodeURIComponent(secret).replaceAll('%20', '+')],
        ]
      : [];
  const all: readonly Encoding[] = [
    ...plain,
    ['hex', bytes.toString('hex')],
    ...[0, 1, 2].map((before): Encoding => ['base64', within(bytes, before)]),
  ];
  return all.map(([form, text]) => [form, folded(text)]);
}

/** Base64 writes three bytes together, so that it depends on how many come before: what no neighbor changes. */
function within(bytes: Buffer, before: number): string {
  const all = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const whole = Math.floor(((before + bytes.length) * 8) / 6);
  return all.slice(Math.ceil((before * 8) / 6), whole);
}
