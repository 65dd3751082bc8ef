import { hkdfSync } from 'node:crypto';

import { MfaError } from '../errors.ts';

/** 32 random bytes or more, as hex, base64, base64url or bytes; with an id of your own if you like. */
export type Key =
  KeyMaterial | undefined | { readonly id: string; readonly key: KeyMaterial | undefined };
export type KeyMaterial = string | Uint8Array;

const MIN_BYTES = 32;
const REMEDY = 'Make one with: openssl rand -base64 32';

/**
 * Reads one key of the ring. Without an id of its own a key is named by a digest of itself, so
 * adding and removing keys needs no bookkeeping.
 *
 * @throws MfaError `key_invalid`; the message never holds the key.
 */
export function readKey(
  key: Key,
  index: number,
): { readonly id: string; readonly secret: Uint8Array } {
  const named =
    typeof key === 'object' && !(key instanceof Uint8Array) ? key : { id: undefined, key };
  if (named.key === undefined || named.key.length === 0) throw readKey.missing(index);
  const secret = typeof named.key === 'string' ? decode(named.key) : named.key;
  if (secret.length < MIN_BYTES) {
    throw invalid(
      `keys[${index}] has ${secret.length} bytes; at least ${MIN_BYTES} random bytes in hex or base64 are needed. ${REMEDY}`,
    );
  }
  if (looksMadeUp(named.key, secret)) {
    throw invalid(
      `keys[${index}] is not random: it repeats itself or holds words of a sample. ${REMEDY}`,
    );
  }
  const id =
    named.id ??
    Buffer.from(hkdfSync('sha256', secret, '', 'express-mfa key id', 6)).toString('base64url');
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
    throw invalid(`keys[${index}].id must be 1 to 32 letters, digits, "-" or "_".`);
  }
  return { id, secret };
}

readKey.missing = (index: number): MfaError =>
  invalid(
    `keys[${index}] is missing: set it to 32 random bytes, for example from process.env.MFA_KEY. ${REMEDY}`,
  );

readKey.repeated = (): MfaError =>
  invalid(
    'Two of `keys` are the same or have the same id: give each once, under an id of its own.',
  );

function invalid(message: string): MfaError {
  return new MfaError('key_invalid', message);
}

/** Anything that is neither hex nor base64 counts by its bytes, and a sample word in it is caught below. */
function decode(text: string): Uint8Array {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  return Buffer.from(text);
}

/** 32 random bytes hold about 30 different values; fewer than 12 do not happen by chance (below 1 in 10^15). */
function looksMadeUp(material: KeyMaterial, secret: Uint8Array): boolean {
  const text = typeof material === 'string' ? material.toLowerCase() : '';
  const steps = new Set(secret.map((byte, i) => byte - (secret[i - 1] ?? 0)).slice(1));
  return (
    new Set(secret).size < 12 ||
    // 00 01 02 … counts, and its steps are all the same.
    steps.size < 6 ||
    /change|secret|sample|example|password|replace|insert|default|your[-_ ]|1234567|abcdefg/.test(
      text,
    )
  );
}
