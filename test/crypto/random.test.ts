import { systemRandom } from '../../lib/crypto/random.ts';

describe('systemRandom', () => {
  it('makes digits of which each is uniform, alone and beside its neighbor [GEN-1]', () => {
    const codes = 1_000_000;
    const single = Array.from({ length: 6 }, () => new Float64Array(10));
    const pairs = Array.from({ length: 5 }, () => new Float64Array(100));
    const add = (counts: Float64Array | undefined, value: number): void => {
      if (counts) counts[value] = (counts[value] ?? 0) + 1;
    };
    for (let i = 0; i < codes; i += 1) {
      const code = systemRandom.digits(6);
      for (let at = 0; at < 6; at += 1) {
        const digit = code.charCodeAt(at) - 48;
        add(single[at], digit);
        if (at > 0) add(pairs[at - 1], (code.charCodeAt(at - 1) - 48) * 10 + digit);
      }
    }
    const chiSquare = (counts: Float64Array): number => {
      const expected = codes / counts.length;
      return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    };
    // Exceeded by chance less than once in 10 million runs: 9 and 99 degrees of freedom.
    for (const counts of single) expect(chiSquare(counts)).toBeLessThan(52);
    for (const counts of pairs) expect(chiSquare(counts)).toBeLessThan(195);
  });

  it.each([1, 6, 8, 10])('keeps all %i digits as text, leading zeros too [GEN-2]', (count) => {
    const codes = Array.from({ length: 2_000 }, () => systemRandom.digits(count));
    expect(codes.filter((code) => !/^\d+$/.test(code) || code.length !== count)).toEqual([]);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });

  it.each([
    [16, 22],
    [32, 43],
  ])('makes tokens of %i bytes in %i characters, none of them twice [GEN-5]', (bytes, length) => {
    const tokens = Array.from({ length: 100_000 }, () => systemRandom.token(bytes));
    expect(tokens.filter((token) => !/^[\w-]+$/.test(token) || token.length !== length)).toEqual(
      [],
    );
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('uses all of a token: each bit is set in about half of them [GEN-5]', () => {
    const sets = new Float64Array(256);
    for (let i = 0; i < 10_000; i += 1) {
      const bytes = Buffer.from(systemRandom.token(32), 'base64url');
      for (let bit = 0; bit < 256; bit += 1)
        sets[bit] = (sets[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
    }
    // Eight standard deviations.
    for (const count of sets) expect(Math.abs(count - 5_000)).toBeLessThan(400);
  });

  it('makes as many bytes as asked for, fresh ones each time', () => {
    expect(systemRandom.bytes(20)).toHaveLength(20);
    expect(systemRandom.bytes(20)).not.toEqual(systemRandom.bytes(20));
  });
});
