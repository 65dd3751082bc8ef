import { maxLength, nonEmpty, pipe, regex, string, transform, unknown } from 'valibot';

import type { Factor } from '../core/factor.ts';
import type { Digest } from '../core/vocabulary.ts';
import { equal } from '../crypto/equal.ts';
import { encodeCrockford, normalizeCrockford } from './crockford.ts';
import { parse } from './parse.ts';

export interface RecoverySecret {
  /** Keyed digests of the codes that are left, each bound to this user and set. */
  readonly left: readonly Digest[];
}

const CODES = 10;
const CODE_BYTES = 10;

const typed = pipe(
  string(),
  maxLength(64),
  regex(/^[\x20-\x7e]+$/),
  transform(normalizeCrockford),
  // Spaces and hyphens alone are no code, and cost no try.
  nonEmpty(),
);

/**
 * Saved recovery codes (NIST SP 800-63B-4 section 4.2.1.1): ten of 80 random bits, shown once,
 * each good for one sign-in. They complete a sign-in and are no reason to ask for a second factor.
 */
export function recoveryCodes({
  tries,
}: {
  readonly tries: number;
}): Factor<RecoverySecret, unknown, string> {
  return {
    type: 'recoveryCode',
    traits: {
      amr: ['recovery'],
      alsoCalled: /^recovery|backupcode/,
      aal2: false,
      phishingResistant: false,
      // 80 random bits each (NIST SP 800-63B-4 section 3.1.2.2 asks for limits below 64).
      guessable: false,
      role: 'recovery',
      max: 1,
      tries,
      ttlMs: 600_000,
    },
    input: parse(unknown(), ''),
    answer: parse(typed, 'The recovery code must be a string of letters, digits and hyphens.'),

    enroll({ bytes, authenticatorDigest }) {
      const codes = Array.from({ length: CODES }, () => encodeCrockford(bytes(CODE_BYTES)));
      return {
        status: 'bound',
        secret: { left: codes.map((code) => authenticatorDigest(code)) },
        reveal: { recoveryCodes: codes.map((code) => code.match(/.{4}/g)?.join('-')) },
      };
    },

    challenge: () => ({}),

    judge({ authenticatorDigest }, { left }, code) {
      const used = left.findIndex((digest) => equal(digest, authenticatorDigest(code, digest)));
      if (used < 0) return { ok: false, reason: 'wrong' };
      return { ok: true, next: { left: left.toSpliced(used, 1) } };
    },

    describe: ({ left }) => ({ remaining: left.length }),
    destination: () => undefined,
    vouched: () => undefined,
  };
}
