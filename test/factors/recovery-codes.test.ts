import { createHash } from 'node:crypto';

import { factorContext } from '../../lib/core/engine.ts';
import type { Engine } from '../../lib/core/engine.ts';
import type { Factor, Judgement } from '../../lib/core/factor.ts';
import { recoveryCodes } from '../../lib/factors/recovery-codes.ts';
import type { RecoverySecret } from '../../lib/factors/recovery-codes.ts';
import { factorContract } from '../contracts/factor-contract.ts';
import { startEngine } from '../core/engine.ts';
import { seededRandom } from '../core/seeded-random.ts';

const factor = () => recoveryCodes({ tries: 5 });
const { engine } = startEngine();

describe('recoveryCodes', () => {
  factorContract({
    factor: () => recoveryCodes({ tries: 5 }) as Factor,
    user: { id: 'u1' },
    boundTo: ['user', 'factor', 'authenticator'],
    answerTo: ({ reveal }) => (reveal as { recoveryCodes: string[] }).recoveryCodes[0] ?? '',
  });

  describe('[GEN-6] [REC-1] makes codes', () => {
    it('ten of them, all different, in four groups of four', () => {
      const { codes } = made();
      expect(codes).toHaveLength(10);
      expect(new Set(codes).size).toBe(10);
      for (const code of codes)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    });

    it('of 80 bits each: 16 symbols of an alphabet of 32, every one as likely as another', () => {
      const symbols = Array.from({ length: 400 }, () => made().codes)
        .flat()
        .flatMap((code) => Array.from(code.replaceAll('-', '')));
      const counts = new Map<string, number>();
      for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      const perCode = symbols.length / 4_000;
      expect(perCode * Math.log2(counts.size)).toBe(80);
      const mean = symbols.length / 32;
      const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0);
      // 31 degrees of freedom: more than 110 happens by chance less than once in 10^9 runs.
      expect(chiSquare).toBeLessThan(110);
    });

    it('from 10 bytes of the system each, every bit of which stands in the code', () => {
      const given: number[][] = [];
      const bytes = (count: number) => {
        const drawn = engine.random.bytes(count);
        given.push([...drawn]);
        return drawn;
      };
      const { codes } = made({ ...engine, random: { ...engine.random, bytes } });
      expect(given.map((drawn) => drawn.length)).toEqual(Array.from({ length: 10 }, () => 10));
      expect(codes.map(bytesOf)).toEqual(given);
    });

    it('and another set each time', () => {
      const [one, other] = [made(), made()];
      expect(one.codes.filter((code) => other.codes.includes(code))).toEqual([]);
      for (const code of one.codes) expect(judge(other.secret, code).ok).toBe(false);
    });
  });

  describe('[STO-4] keeps keyed digests alone', () => {
    it('of 256 bits, each its own, with neither a code nor a plain hash of one', () => {
      const { secret, codes } = made();
      expect(Object.keys(secret)).toEqual(['left']);
      expect(new Set(secret.left).size).toBe(10);
      const kept = JSON.stringify(secret);
      for (const code of codes) {
        const typed = [code, code.replaceAll('-', ''), code.toLowerCase()];
        for (const text of typed) {
          expect(kept).not.toContain(text);
          for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512'])
            for (const encoding of ['hex', 'base64', 'base64url'] as const)
              expect(kept).not.toContain(createHash(algorithm).update(text).digest(encoding));
        }
      }
      for (const digest of secret.left)
        expect(Buffer.from(digest.slice(digest.indexOf('.') + 1), 'base64url')).toHaveLength(32);
    });

    it('that differ between users and sets though the codes be the same', () => {
      const same = () => ({ ...engine, random: seededRandom('the same codes') });
      const mine = made(same(), { user: 'u1' });
      const yours = made(same(), { user: 'u2' });
      const second = made(same(), { user: 'u1', authenticator: 'a2' });
      expect(yours.codes).toEqual(mine.codes);
      expect(second.codes).toEqual(mine.codes);
      const all = [...mine.secret.left, ...yours.secret.left, ...second.secret.left];
      expect(new Set(all).size).toBe(30);
    });
  });

  describe('[REC-5] forgives how a code is typed', () => {
    const { secret, codes } = made({ ...engine, random: { ...engine.random, bytes: someZeros } });
    const [code = ''] = codes;

    it.each<readonly [string, (text: string) => string]>([
      ['in lower case', (text) => text.toLowerCase()],
      ['without hyphens', (text) => text.replaceAll('-', '')],
      ['with spaces for hyphens', (text) => text.replaceAll('-', ' ')],
      ['with spaces around', (text) => `  ${text}  `],
      ['with O for 0', (text) => text.replaceAll('0', 'O')],
      ['with o for 0', (text) => text.replaceAll('0', 'o')],
      ['with I for 1', (text) => text.replaceAll('1', 'I')],
      ['with l for 1', (text) => text.replaceAll('1', 'l')],
      ['with L for 1', (text) => text.replaceAll('1', 'L')],
      ['with all of it', (text) => text.toLowerCase().replaceAll('0', 'O').replaceAll('1', 'i')],
    ])('%s', (_how, change) => {
      expect(code).toMatch(/0.*1|1.*0/);
      expect(judge(secret, read(change(code))).ok).toBe(true);
    });

    it.each<readonly [string, (text: string) => string]>([
      [
        'full-width letters',
        (text) => text.replace(/[A-Z]/, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)),
      ],
      [
        'full-width digits',
        (text) => text.replace(/\d/, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)),
      ],
      ['a Cyrillic О for 0', (text) => text.replaceAll('0', '\u041e')],
      ['a dotless ı for 1', (text) => text.replaceAll('1', '\u0131')],
      ['a long ſ', (text) => `${text.slice(0, -1)}\u017f`],
      ['the sign of Kelvin', (text) => `${text.slice(0, -1)}\u212a`],
      ['an en dash for a hyphen', (text) => text.replace('-', '\u2013')],
      ['a no-break space for a hyphen', (text) => text.replace('-', '\u00a0')],
      ['a line break at the end', (text) => `${text}\n`],
    ])('and refuses what only looks alike: %s', (_what, change) => {
      expect(change(code)).not.toBe(code);
      expect(factor().answer(change(code))).toMatchObject({ ok: false });
    });
  });

  describe('[REP-5] takes each code once', () => {
    it('the one that was used is gone from what is left, the others stay', () => {
      let { secret } = made();
      const { codes, secret: first } = made();
      secret = first;
      for (const [used, code] of codes.entries()) {
        const judgement = judge(secret, read(code));
        if (!judgement.ok || !judgement.next) throw new Error('was not accepted');
        expect(judgement.next.left).toEqual(
          secret.left.filter((digest) => digest !== first.left[used]),
        );
        secret = judgement.next;
        expect(judge(secret, read(code))).toEqual({ ok: false, reason: 'wrong' });
        expect(factor().describe(secret)).toEqual({ remaining: 9 - used });
      }
      expect(secret.left).toEqual([]);
    });

    it('in whatever order', () => {
      const { secret, codes } = made();
      const [, second = '', , , , sixth = ''] = codes;
      const after = judge(secret, read(sixth));
      if (!after.ok || !after.next) throw new Error('was not accepted');
      expect(judge(after.next, read(second)).ok).toBe(true);
      expect(judge(after.next, read(sixth)).ok).toBe(false);
    });
  });

  it('[CRY-1] still takes codes that a former key digested, once the key ring has a newer one', () => {
    const keys = [1, 2].map((n) => createHash('sha256').update(`key ${n}`).digest('base64'));
    const before = startEngine({ keys: keys.slice(0, 1) }).engine;
    const after = startEngine({ keys: keys.toReversed() }).engine;
    const { secret, codes } = made(before);
    expect(judge(secret, read(codes[0] ?? ''), after).ok).toBe(true);
    const dropped = startEngine({ keys: keys.slice(1) }).engine;
    expect(judge(secret, read(codes[0] ?? ''), dropped).ok).toBe(false);
  });

  it('recovers, and is neither a factor nor worth AAL2', () => {
    expect(factor().traits).toMatchObject({ role: 'recovery', aal2: false, max: 1 });
  });
});

function contextOf(by: Engine, { user = 'u1', authenticator = 'a1' } = {}) {
  const about = { factor: 'recoveryCode', purpose: 'prove', session: 's', challenge: 'c' } as const;
  return factorContext(by, { user: { id: user }, authenticator, ...about });
}

/** A set of codes as its owner sees it, and what is kept of it. */
function made(by: Engine = engine, whose = {}) {
  const draft = factor().enroll(contextOf(by, whose), undefined);
  if (draft instanceof Promise || 'message' in draft) throw new Error('no codes were made');
  const { recoveryCodes: codes } = draft.reveal as { recoveryCodes: readonly string[] };
  return { codes, secret: draft.secret };
}

function read(text: string): string {
  const parsed = factor().answer(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

function judge(
  secret: RecoverySecret,
  code: string,
  by: Engine = engine,
): Judgement<RecoverySecret> {
  return factor().judge(contextOf(by), secret, code) as Judgement<RecoverySecret>;
}

/** Bytes whose code begins with 0 and 1 and a letter. */
function someZeros(count: number): Uint8Array {
  const bytes = engine.random.bytes(count);
  return Uint8Array.from([0b00000_000, 0b01_01010_1, ...bytes.slice(2)]);
}

/** The 10 bytes of a code: 16 symbols of 5 bits, in Crockford's order. */
function bytesOf(code: string): readonly number[] {
  const symbols = Array.from(code.replaceAll('-', ''));
  const bits = symbols
    .map((symbol) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(symbol))
    .map((value) => value.toString(2).padStart(5, '0'))
    .join('');
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}
