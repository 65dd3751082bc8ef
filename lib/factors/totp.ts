import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import { unknown } from 'valibot';

import type { Factor } from '../core/factor.ts';
import type { User } from '../core/vocabulary.ts';
import { digits } from './digits.ts';
import { parse } from './parse.ts';
import { renderQr } from './qr.ts';

/** The seed, and the last time step that was accepted: none is accepted again. */
export interface TotpSecret {
  readonly seed: string;
  readonly lastStep: number;
}

/** 160 bits, which base 32 writes without padding. */
const SEED_BYTES = 20;
const PERIOD_S = 30;
/** With the longest issuer, in the widest script, as many characters as a QR code can hold. */
const ACCOUNT_LENGTH = 80;
const base32 = new ScureBase32Plugin();

/**
 * Authenticator apps: TOTP as RFC 6238 with SHA-1, 6 digits and steps of 30 s, a 160-bit seed,
 * one step of tolerance each way (section 5.2), and no step accepted twice.
 */
export function totp({ tries }: { readonly tries: number }): Factor<TotpSecret, unknown, string> {
  return {
    type: 'totp',
    traits: {
      amr: ['otp'],
      alsoCalled: /^t?otp$|authenticatorapp/,
      aal2: true,
      phishingResistant: false,
      guessable: true,
      role: 'factor',
      max: 10,
      tries,
      ttlMs: 600_000,
    },
    input: parse(unknown(), ''),
    answer: digits,

    async enroll({ user, issuer, bytes }) {
      const seed = base32.encode(bytes(SEED_BYTES));
      const uri = generateURI({ issuer, label: accountOf(user), secret: seed });
      return {
        status: 'draft',
        secret: { seed, lastStep: 0 },
        reveal: { secret: seed, uri, ...(await renderQr(uri)) },
      };
    },

    challenge: () => ({}),

    judge({ now }, { seed, lastStep }, code) {
      // otplib throws on codes of another length.
      if (code.length !== 6) return { ok: false, reason: 'wrong' };
      const epoch = Math.floor(now / 1000);
      const result = verifySync({ secret: seed, token: code, epoch, epochTolerance: PERIOD_S });
      if (!result.valid || !('timeStep' in result)) return { ok: false, reason: 'wrong' };
      // Steps are compared, not seconds since the last use: CVE-2021-43177 compared seconds.
      if (result.timeStep <= lastStep) return { ok: false, reason: 'used' };
      return { ok: true, next: { seed, lastStep: result.timeStep } };
    },

    describe: () => ({}),
    destination: () => undefined,
    vouched: () => undefined,
  };
}

/** The account as an authenticator app shows it. A half character cannot stand in a URI. */
function accountOf({ email, name, id }: User): string {
  const whole = (email || name || id).replace(/\p{Surrogate}/gu, '\ufffd');
  return Array.from(whole).slice(0, ACCOUNT_LENGTH).join('');
}
