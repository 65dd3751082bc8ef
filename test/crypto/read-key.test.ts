import { hkdfSync, randomBytes } from 'node:crypto';

import { readKey } from '../../lib/crypto/read-key.ts';
import type { Key } from '../../lib/crypto/read-key.ts';
import { MfaError } from '../../lib/errors.ts';

const RANDOM = randomBytes(32);

describe('readKey', () => {
  it.each([
    ['hex', RANDOM.toString('hex')],
    ['upper-case hex', RANDOM.toString('hex').toUpperCase()],
    ['base64', RANDOM.toString('base64')],
    ['base64url', RANDOM.toString('base64url')],
    ['bytes', RANDOM],
    ['a typed array', new Uint8Array(RANDOM)],
    ['an object with an id', { id: 'k1', key: RANDOM }],
  ])('reads 32 random bytes from %s', (_, key) => {
    expect(Buffer.from(readKey(key, 0).secret)).toEqual(RANDOM);
  });

  it.each<[string, Key]>([
    ['undefined', undefined],
    ['the empty text', ''],
    ['no bytes', new Uint8Array(0)],
    ['an object without a key', { id: 'k', key: undefined }],
    ['an object with an empty key', { id: 'k', key: '' }],
    ['16 bytes in hex', randomBytes(16).toString('hex')],
    ['31 bytes', randomBytes(31)],
    ['31 bytes in base64', randomBytes(31).toString('base64')],
    ['32 hex digits', 'a3'.repeat(16)],
    ['a word', 'changeme'],
    ['a word of 32 letters', 'changemechangemechangemechangeme'],
    ['a word in capitals', 'CHANGE-ME-CHANGE-ME-CHANGE-ME-CHANGE-ME-CHANGE-ME'],
    ['a sentence', 'please replace this with your own key before you go live'],
    ['a sample', 'my-sample-key-for-development-0000000000000000'],
    ['bytes that count', Uint8Array.from({ length: 32 }, (_, i) => i)],
    ['bytes that count down by three', Uint8Array.from({ length: 32 }, (_, i) => 250 - 3 * i)],
    ['an example', 'example_key_example_key_example_key_example_key'],
    ['a password', 'correct-password-horse-battery-staple-again-and-again'],
    ['a default', 'default-default-default-default-default-default'],
    ['a secret', 'supersecretsupersecretsupersecretsupersecret1234'],
    ['a placeholder', 'your-32-byte-key-goes-in-here-your-32-byte-key'],
    ['counted digits', '0123456789abcdef'.repeat(4)],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz'],
    ['32 zero bytes', Buffer.alloc(32)],
    ['32 zero bytes in base64', Buffer.alloc(32).toString('base64')],
    ['32 bytes of ones', Buffer.alloc(32, 0xff)],
    ['one byte again and again', Buffer.alloc(64, 0xa7)],
    ['a short pattern again and again', Buffer.alloc(64, 'k3yP4tt3rn')],
    ['64 zeros in hex', '0'.repeat(64)],
    ['dead beef', 'deadbeef'.repeat(8)],
  ])('refuses %s [CRY-3]', (_, key) => {
    expect(() => readKey(key, 3)).toThrow(MfaError);
    try {
      readKey(key, 3);
    } catch (error) {
      expect(error).toMatchObject({ code: 'key_invalid' });
      const { message } = error as Error;
      expect(message).toMatch(/^keys\[3\]/);
      expect(message).toContain('openssl rand');
      const text = typeof key === 'string' && key.length > 8 ? key : undefined;
      if (text) expect(message).not.toContain(text);
    }
  });

  it('takes no random key for a made-up one', () => {
    for (let i = 0; i < 1_000; i += 1) {
      const key = randomBytes(32);
      expect(() => readKey(key.toString(i % 2 === 0 ? 'base64' : 'hex'), 0)).not.toThrow();
    }
  });

  it('names a key by itself, always the same, however it is spelt', () => {
    const { id } = readKey(RANDOM, 0);
    expect(id).toMatch(/^[\w-]{8}$/);
    expect(readKey(RANDOM.toString('hex'), 1).id).toBe(id);
    expect(readKey(RANDOM.toString('base64url'), 2).id).toBe(id);
    expect(readKey(randomBytes(32), 0).id).not.toBe(id);
  });

  it('tells nothing of the key by its name', () => {
    const { id } = readKey(RANDOM, 0);
    expect(RANDOM.toString('base64url')).not.toContain(id);
    expect(RANDOM.toString('base64')).not.toContain(id);
  });

  it('names a key in every version alike, for what is sealed names it', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * i * 7 + 3 * i) % 256));
    const made = Buffer.from(hkdfSync('sha256', key, '', 'express-mfa key id', 6));
    expect(readKey(key, 0).id).toBe(made.toString('base64url'));
    expect(readKey(key, 0).id).toBe('TgjEW-_E');
  });

  it.each<Key>([
    undefined,
    '',
    new Uint8Array(0),
    { id: 'k', key: undefined },
    { id: 'k', key: '' },
  ])('says of %j that the key is missing, and where it may come from', (key) => {
    expect(() => readKey(key, 2)).toThrow(/^keys\[2\] is missing: .*process\.env\.MFA_KEY/);
  });

  describe('takes by its bytes', () => {
    const hex = RANDOM.toString('hex');
    const base64 = RANDOM.toString('base64');
    const bytesOf = (text: string) => Buffer.from(readKey(text, 0).secret);

    it.each([
      ['a text that only ends in hex', `!${hex}`],
      ['a text that only ends in base64', `!${base64}`],
      ['a text that only begins with base64', `${base64.slice(0, 43)}!x`],
      ['a text in base64 with too much padding', `${base64.slice(0, 43)}===`],
    ])('%s', (_what, text) => {
      expect(bytesOf(text)).toEqual(Buffer.from(text));
    });

    it('nothing that is base64 and looks like hex but for an odd digit', () => {
      expect(bytesOf(`${hex}a`)).toEqual(Buffer.from(`${hex}a`, 'base64'));
    });
  });

  describe('[CRY-3] draws the line', () => {
    /** 32 bytes from these steps, again and again. */
    const walk = (first: number, steps: readonly number[]): Uint8Array => {
      let value = first;
      const next = (i: number): number => (value += i === 0 ? 0 : (steps[i % steps.length] ?? 0));
      return Uint8Array.from({ length: 32 }, (_, i) => next(i));
    };
    /** 32 bytes of exactly so many values, in steps of many sizes. */
    const of = (values: number): Uint8Array =>
      Uint8Array.from({ length: 32 }, (_, i) => ((i % values) * ((i % values) + 1)) / 2);
    const takes = (key: Uint8Array): boolean => {
      try {
        readKey(key, 0);
        return true;
      } catch {
        return false;
      }
    };

    it('at 12 different values', () => {
      const counts = [8, 9, 10, 11, 12, 13, 20];
      expect(counts.map((values) => [new Set(of(values)).size, takes(of(values))])).toEqual(
        counts.map((values) => [values, values >= 12]),
      );
    });

    it('at 6 different steps, of which the first byte is none, nor the last', () => {
      expect(takes(walk(200, [1, 2, 3, 4, 5]))).toBe(false);
      expect(takes(walk(200, [1, 2, 3, 4, 5, 6]))).toBe(true);
    });
  });

  it.each(['', 'a.b', 'a b', 'ü', 'x'.repeat(33), '../a'])('refuses the id %j', (id) => {
    expect(() => readKey({ id, key: RANDOM }, 0)).toThrow(/id must be/);
  });
});
