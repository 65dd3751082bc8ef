import { randomBytes, randomInt } from 'node:crypto';

/** Uniform randomness from the system's generator (NIST SP 800-63B-4 section 3.2.12). */
export const systemRandom = {
  token: (bytes: number): string => randomBytes(bytes).toString('base64url'),
  bytes: (count: number): Uint8Array => new Uint8Array(randomBytes(count)),
  // randomInt rejects what would make the last numbers rarer; a modulo would not.
  digits: (count: number): string => Array.from({ length: count }, () => randomInt(10)).join(''),
};
