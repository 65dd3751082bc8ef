import { randomBytes } from 'node:crypto';

import { createKeyring } from '../../lib/crypto/keyring.ts';
import { signature } from '../../lib/stores/signature.ts';

describe('signature', () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  const { sign, verifies, bare } = signature(createKeyring([old]));
  const document = { id: 'r1', seenAt: 1, completed: [{ factor: 'totp', at: 2 }] };
  const signed = sign('record', 'u1', document);

  it('verifies what was signed, and gives it back as it was', () => {
    expect(verifies('record', 'u1', signed)).toBe(true);
    expect(bare(signed)).toEqual(document);
  });

  it('verifies it in whatever order a store gives it back', () => {
    const { mac, completed, seenAt, id } = signed;
    const [{ factor, at } = { factor: '', at: 0 }] = completed;
    expect(verifies('record', 'u1', { mac, completed: [{ at, factor }], seenAt, id })).toBe(true);
  });

  it('signs what is null as it signs any other value', () => {
    const empty = { ...document, note: null };
    expect(verifies('record', 'u1', sign('record', 'u1', empty))).toBe(true);
    expect(verifies('record', 'u1', { ...sign('record', 'u1', empty), note: 0 })).toBe(false);
  });

  it('verifies it whenever it was last used, which a store notes by itself', () => {
    expect(verifies('record', 'u1', { ...signed, seenAt: 99 })).toBe(true);
  });

  it.each([
    ['another user', 'record', 'u2', signed],
    ['another kind', 'facts', 'u1', signed],
    ['another id', 'record', 'u1', { ...signed, id: 'r2' }],
    ['a field more', 'record', 'u1', { ...signed, admin: true }],
    ['a time within', 'record', 'u1', { ...signed, completed: [{ factor: 'totp', at: 3 }] }],
    [
      'a field within more',
      'record',
      'u1',
      { ...signed, completed: [{ factor: 'totp', at: 2, mac: 1 }] },
    ],
    ['nothing completed', 'record', 'u1', { ...signed, completed: [] }],
    ['no mac', 'record', 'u1', document],
    ['a mac that is no text', 'record', 'u1', { ...document, mac: 1 }],
    ['a mac that is empty', 'record', 'u1', { ...document, mac: '' }],
    ['half a mac', 'record', 'u1', { ...document, mac: String(signed.mac).slice(0, -1) }],
  ] as const)('refuses it with %s [A56]', (_, kind, userId, changed) => {
    expect(verifies(kind, userId, changed)).toBe(false);
  });

  it('verifies under any key of the ring, and under no key that is retired [CRY-5]', () => {
    const rotated = signature(createKeyring([fresh, old]));
    expect(rotated.verifies('record', 'u1', signed)).toBe(true);
    const retired = signature(createKeyring([fresh]));
    expect(retired.verifies('record', 'u1', signed)).toBe(false);
  });
});
