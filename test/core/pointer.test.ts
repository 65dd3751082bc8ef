import fc from 'fast-check';

import { formatPointer, parsePointer } from '../../lib/core/pointer.ts';
import { systemRandom } from '../../lib/crypto/random.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { anyText } from '../support/any-text.ts';

const [TAG, ID, SECRET] = [userTag('u1'), systemRandom.token(16), systemRandom.token(32)];
const POINTER = `${TAG}.${ID}.${SECRET}`;

describe('a pointer', () => {
  it('reads back as it was written, for any user id', () => {
    fc.assert(
      fc.property(anyText(), (userId) => {
        const pointer = {
          tag: userTag(userId),
          id: systemRandom.token(16),
          secret: systemRandom.token(32),
        };
        expect(parsePointer(formatPointer(pointer))).toEqual(pointer);
      }),
    );
  });

  it('[GEN-5] has an id of 128 and a secret of 256 bits', () => {
    expect(Buffer.from(ID, 'base64url')).toHaveLength(16);
    expect(Buffer.from(SECRET, 'base64url')).toHaveLength(32);
    expect(parsePointer(POINTER)).toEqual({ tag: TAG, id: ID, secret: SECRET });
  });

  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 1],
    ['a list of one pointer', [POINTER]],
    ['an object', { tag: TAG, id: ID, secret: SECRET }],
    ['an object that can be read as a pointer', { toString: () => POINTER }],
    ['an empty text', ''],
    ['dots', '..'],
    ['a star', '*'],
    ['a pattern in the place of the tag', `${'*'.repeat(43)}.${ID}.${SECRET}`],
    ['a pattern in the place of the id', `${TAG}.${'?'.repeat(22)}.${SECRET}`],
    ['a path', `../${TAG.slice(3)}.${ID}.${SECRET}`],
    ['a key of express-session', 'sess:x'],
    ['a key of express-session of the right length', `sess:${TAG.slice(5)}.${ID}.${SECRET}`],
    ['a hash tag', `{${TAG.slice(2)}}.${ID}.${SECRET}`],
    ['no secret', `${TAG}.${ID}.`],
    ['no tag', `.${ID}.${SECRET}`],
    ['one part too many', `${POINTER}.${SECRET}`],
    ['one part too few', `${TAG}.${ID}`],
    ['a space before it', ` ${POINTER}`],
    ['a line break behind it', `${POINTER}\n`],
    ['a command behind it', `${POINTER}\r\nFLUSHALL`],
    ['NUL behind it', `${POINTER}\0`],
    ['NUL within', `${TAG}.${ID}.${SECRET.slice(0, 42)}\0`],
    ['a letter of another script', `${TAG}.${ID}.${SECRET.slice(0, 42)}а`],
    ['base64 in place of base64url', `${TAG}.${ID}.${SECRET.slice(0, 41)}+/`],
    ['one character more', `${POINTER}A`],
    ['one character less', POINTER.slice(0, -1)],
    ['10 kB', 'A'.repeat(10_240)],
    ['10 kB in its shape', `${'A'.repeat(5_000)}.${ID}.${'A'.repeat(5_000)}`],
  ])('[STO-8] is not %s', (_what, text) => {
    expect(parsePointer(text)).toBeUndefined();
  });

  it('[STO-8] never throws, and is nothing but letters, digits, "-" and "_" in parts of fixed length', () => {
    const near = fc
      .tuple(fc.nat(POINTER.length - 1), anyText(3), fc.nat(2))
      .map(([at, text, gone]) => POINTER.slice(0, at) + text + POINTER.slice(at + gone));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(near, fc.anything(), anyText()), (value) => {
        const pointer = parsePointer(value);
        if (!pointer) return;
        read += 1;
        expect(formatPointer(pointer)).toBe(value);
        expect(pointer.tag).toMatch(/^[\w-]{43}$/);
        expect(pointer.id).toMatch(/^[\w-]{22}$/);
        expect(pointer.secret).toMatch(/^[\w-]{43}$/);
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(0);
  });
});
