import fc from 'fast-check';

import { equal } from '../../lib/crypto/equal.ts';

describe('equal', () => {
  it('is true for the same text and for no other [VER-2]', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(equal(a, a)).toBe(true);
        expect(equal(a, b)).toBe(a === b);
      }),
    );
  });

  it('takes texts of any two lengths for unequal, and throws nothing [VER-2]', () => {
    for (let length = 0; length <= 1_000; length += 1) {
      expect(equal('a'.repeat(length), 'a'.repeat(500))).toBe(length === 500);
      expect(equal('名'.repeat(length), '')).toBe(length === 0);
    }
  });

  it('takes a part, a longer text and another case for unequal', () => {
    for (const wrong of ['', 'secre', 'secret ', 'Secret', 'secret\u0000', 'secretsecret'])
      expect(equal(wrong, 'secret')).toBe(false);
  });
});
