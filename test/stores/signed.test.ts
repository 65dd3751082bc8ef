import { randomBytes } from 'node:crypto';

import { createKeyring } from '../../lib/crypto/keyring.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { signedStore } from '../../lib/stores/signed.ts';
import { storeContract } from '../contracts/store-contract.ts';

describe('signedStore over memoryStore', () => {
  const told: unknown[] = [];
  const keyring = createKeyring([randomBytes(32)]);
  const store = signedStore(memoryStore(), keyring, (unverified) => told.push(unverified));

  storeContract(() => [store, store]);

  it('finds nothing unverified that it wrote itself', () => {
    expect(told).toEqual([]);
  });
});
