import fc from 'fast-check';

// fast-check's own `binary` lists all million characters, in each file that uses it, before its first text.
const character = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code), codeOf);

/** Text of any characters, half ones excepted. */
export function anyText(maxLength?: number): fc.Arbitrary<string> {
  return fc.string({ unit: character, ...(maxLength === undefined ? {} : { maxLength }) });
}

/** Makes fast-check know `__proto__` and its like as texts that this may be. */
function codeOf(text: unknown): number {
  const [one, ...more] = typeof text === 'string' ? text : '';
  const code = one?.codePointAt(0);
  if (code === undefined || more.length > 0) throw new TypeError('Not one character.');
  return code;
}
