import { createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

import fc from 'fast-check';

import { createKeyring } from '../../lib/crypto/keyring.ts';

const BINDING = ['authenticator', 'user-1', 'totp', 'a1'];
const SECRET = { seed: 'JBSWY3DPEHPK3PXP', lastStep: 7, list: [], text: '名 \u0000 "' };

const aKey = (): string => randomBytes(32).toString('base64');
/** Another character of the same alphabet. */
const other = (char: string | undefined): string => (char === 'A' ? 'B' : 'A');

describe('seal and open', () => {
  const ring = createKeyring([aKey()]);

  it('gives back any JSON for the binding that it was sealed for', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.string()), (value, binding) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(ring.open(ring.seal(value, binding), binding)).toEqual(plain);
      }),
    );
  });

  it('writes version, key id, a 96-bit nonce and the ciphertext, none of it in the clear [STO-3] [CRY-4]', () => {
    const sealed = ring.seal(SECRET, BINDING);
    expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/);
    for (const part of sealed.split('.'))
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain(SECRET.seed);
  });

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 10_000 }, () => ring.seal(0, BINDING).split('.')[2]);
    expect(new Set(nonces).size).toBe(10_000);
  });

  it('opens nothing of which any one character was changed [CRY-4] [STO-3]', () => {
    const sealed = ring.seal(SECRET, BINDING);
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = `${sealed.slice(0, i)}${other(sealed[i])}${sealed.slice(i + 1)}`;
      expect([i, ring.open(changed, BINDING)]).toEqual([i, undefined]);
    }
  });

  it('opens nothing of which any one bit was changed', () => {
    const [version, id, nonce = '', body = ''] = ring.seal(SECRET, BINDING).split('.');
    const flipped = (text: string, bit: number): string => {
      const bytes = Buffer.from(text, 'base64url');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes.toString('base64url');
    };
    for (let bit = 0; bit < 96; bit += 1)
      expect(
        ring.open([version, id, flipped(nonce, bit), body].join('.'), BINDING),
      ).toBeUndefined();
    for (let bit = 0; bit < Buffer.from(body, 'base64url').length * 8; bit += 1)
      expect(
        ring.open([version, id, nonce, flipped(body, bit)].join('.'), BINDING),
      ).toBeUndefined();
  });

  it('opens nothing that was cut, lengthened, put together or never sealed', () => {
    const sealed = ring.seal(SECRET, BINDING);
    const [version, id, nonce, body = ''] = sealed.split('.');
    const [, , otherNonce, otherBody] = ring.seal({ seed: 'other' }, BINDING).split('.');
    const forged = [
      ...Array.from({ length: sealed.length }, (_, i) => sealed.slice(0, i)),
      `${sealed}A`,
      `${sealed}=`,
      `${sealed}.A`,
      ` ${sealed}`,
      `${sealed}\n`,
      [version, id, otherNonce, body].join('.'),
      [version, id, nonce, otherBody].join('.'),
      [version, id, nonce, `${body.slice(0, -22)}${'A'.repeat(22)}`].join('.'),
      ['v2', id, nonce, body].join('.'),
      [version, '__proto__', nonce, body].join('.'),
      'v1',
      '....',
    ];
    for (const text of forged) expect(ring.open(text, BINDING)).toBeUndefined();
  });

  it('has one spelling only for a ciphertext', () => {
    // 17 bytes: the last character of the base64 carries four bits that mean nothing.
    const sealed = ring.seal(7, BINDING);
    const alphabet = Array.from(
      { length: 64 },
      (_, i) => Buffer.from([i << 2]).toString('base64url')[0],
    );
    const spellings = alphabet.filter(
      (last) => ring.open(`${sealed.slice(0, -1)}${last}`, BINDING) !== undefined,
    );
    expect(spellings).toEqual([sealed.at(-1)]);
  });

  it.each([
    ...BINDING.map((_, i) => BINDING.map((part, j) => (i === j ? `${part}x` : part))),
    ...BINDING.map((_, i) => BINDING.filter((_part, j) => i !== j)),
    BINDING.toReversed(),
    [...BINDING, ''],
    ['', ...BINDING],
    [BINDING.join('')],
    ['authenticatoru', 'ser-1', 'totp', 'a1'],
    [],
  ])('opens nothing for the binding %j %j %j %j [STO-3]', (...binding) => {
    const parts = binding.filter((part): part is string => typeof part === 'string');
    expect(ring.open(ring.seal(SECRET, BINDING), parts)).toBeUndefined();
  });

  it('opens nothing that another ring sealed', () => {
    const id = 'same';
    const mine = createKeyring([{ id, key: aKey() }]);
    const theirs = createKeyring([{ id, key: aKey() }]);
    expect(mine.open(theirs.seal(SECRET, BINDING), BINDING)).toBeUndefined();
  });
});

describe('digest', () => {
  const ring = createKeyring([aKey()]);

  it('is 256 bits behind the id of its key, the same for the same parts', () => {
    const digest = ring.digest('123456', BINDING);
    expect(digest).toMatch(/^[\w-]{8}\.[\w-]{43}$/);
    expect(ring.digest('123456', BINDING)).toBe(digest);
  });

  it('is another for any other value or binding [STO-2] [CRY-2]', () => {
    const all = [
      ring.digest('123456', BINDING),
      ring.digest('123457', BINDING),
      ring.digest('', [...BINDING, '123456']),
      ring.digest('1123456', [...BINDING.slice(0, -1), 'a']),
      ring.digest('123456', []),
      ...BINDING.map((_, i) =>
        ring.digest(
          '123456',
          BINDING.map((part, j) => (i === j ? `${part}x` : part)),
        ),
      ),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('cannot be made without the key: none of a million codes gives it [STO-1]', () => {
    const digest = ring.digest('000042', BINDING);
    const [, mac = ''] = digest.split('.');
    // What someone can do who has the whole database and the source: any key but the right one.
    for (const key of ['', digest, mac, 'express-mfa v1 digest']) {
      const guess = createHmac('sha256', key).update('000042').digest('base64url');
      expect(guess).not.toBe(mac);
    }
    expect(createKeyring([aKey()]).digest('000042', BINDING, digest)).not.toContain(mac);
  });
});

describe('one key per purpose', () => {
  const key = randomBytes(32);
  const ring = createKeyring([{ id: 'k', key }]);
  const derived = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `express-mfa v1 ${purpose}`, 32));
  const parts = (...texts: string[]): Buffer =>
    Buffer.concat(
      texts.flatMap((text) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(Buffer.byteLength(text));
        return [length, Buffer.from(text)];
      }),
    );

  it('digests with HMAC-SHA-256 under the key derived for it, and no other [CRY-2]', () => {
    const digest = ring.digest('42', ['a', 'b']);
    const made = (secret: Uint8Array): string =>
      `k.${createHmac('sha256', secret)
        .update(parts('a', 'b', '42'))
        .digest('base64url')}`;
    expect(digest).toBe(made(derived('digest')));
    for (const wrong of [key, derived('seal'), derived('')]) expect(digest).not.toBe(made(wrong));
  });

  it('seals with AES-256-GCM under the key derived for it, and no other [CRY-2] [CRY-4]', () => {
    const [, , nonce = '', body = ''] = ring.seal({ a: 1 }, ['x']).split('.');
    const opened = (secret: Uint8Array): string => {
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(nonce, 'base64url'));
      decipher.setAAD(parts('v1', 'k', 'x'));
      decipher.setAuthTag(bytes.subarray(-16));
      return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
    };
    expect(opened(derived('seal'))).toBe('{"a":1}');
    for (const wrong of [key, derived('digest')]) expect(() => opened(wrong)).toThrow();
  });
});

describe('rotation', () => {
  const [old, next] = [aKey(), aKey()];
  const before = createKeyring([old]);
  const after = createKeyring([next, old]);
  const dropped = createKeyring([next]);

  it('opens with every key of the ring and seals with the first [CRY-1] [A57]', () => {
    const sealed = before.seal(SECRET, BINDING);
    expect(after.open(sealed, BINDING)).toEqual(SECRET);
    const anew = after.seal(SECRET, BINDING);
    expect(dropped.open(anew, BINDING)).toEqual(SECRET);
    expect(before.open(anew, BINDING)).toBeUndefined();
  });

  it('compares a digest under the key that made it, and makes new ones with the first [CRY-1] [A57]', () => {
    const digest = before.digest('42', BINDING);
    expect(after.digest('42', BINDING, digest)).toBe(digest);
    expect(after.digest('43', BINDING, digest)).not.toBe(digest);
    expect(after.digest('42', BINDING)).toBe(dropped.digest('42', BINDING));
  });

  it('does the same after a roll-back [A57]', () => {
    const rolledBack = createKeyring([old, next]);
    expect(rolledBack.open(after.seal(SECRET, BINDING), BINDING)).toEqual(SECRET);
    const digest = after.digest('42', BINDING);
    expect(rolledBack.digest('42', BINDING, digest)).toBe(digest);
  });

  it('opens and matches nothing of a retired key, and throws nothing [CRY-5]', () => {
    const digest = before.digest('42', BINDING);
    expect(dropped.open(before.seal(SECRET, BINDING), BINDING)).toBeUndefined();
    expect(dropped.digest('42', BINDING, digest)).not.toBe(digest);
    for (const like of ['', '.', 'no id', '__proto__.x', 'constructor.x'])
      expect(dropped.digest('42', BINDING, like)).toBe(dropped.digest('42', BINDING));
  });

  it('takes no two keys of one id, by which one could not be told from the other [CRY-1]', () => {
    const [one, two] = [randomBytes(32), randomBytes(32)];
    for (const keys of [
      [one, one],
      [
        { id: 'a', key: one },
        { id: 'a', key: two },
      ],
    ])
      expect(() => createKeyring(keys)).toThrow(/give each once/);
  });

  it('needs at least one key', () => {
    expect(() => createKeyring([])).toThrow(/keys\[0\] is missing/);
  });
});
