import { createHash } from 'node:crypto';

import type { Random } from '../../lib/core/ports.ts';

/** Randomness that is the same in every run: SHA-256 in counter mode. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  let pool = Buffer.alloc(0);
  const bytes = (count: number): Buffer => {
    while (pool.length < count) {
      const block = createHash('sha256').update(`${seed}/${counter++}`).digest();
      pool = Buffer.concat([pool, block]);
    }
    const taken = pool.subarray(0, count);
    pool = pool.subarray(count);
    return taken;
  };
  const digit = (): number => {
    const [byte = 0] = bytes(1);
    return byte < 250 ? byte % 10 : digit();
  };
  return {
    bytes: (count) => new Uint8Array(bytes(count)),
    token: (count) => bytes(count).toString('base64url'),
    digits: (count) => Array.from({ length: count }, digit).join(''),
  };
}
