import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const STEP_MS = 30_000;

/** HOTP as RFC 4226 section 5.3 describes it, by `node:crypto` alone. */
export function hotp(seed: Uint8Array, counter: number, digits = 6): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha1', seed).update(moving).digest();
  const truncated = mac.readUInt32BE((mac[19] ?? 0) & 0xf) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The bytes of RFC 4648 base 32 without padding. */
export function base32Bytes(text: string): Uint8Array {
  const bits = Array.from(text, (symbol) => {
    const value = ALPHABET.indexOf(symbol);
    if (value < 0) throw new Error(`not a symbol of base 32: ${symbol}`);
    return value.toString(2).padStart(5, '0');
  }).join('');
  return Uint8Array.from(bits.match(/[01]{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** Bytes in RFC 4648 base 32 without padding; as many bits as make whole symbols. */
export function base32Text(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => ALPHABET.charAt(Number.parseInt(five, 2)));
}

/** What an authenticator app shows at this time. */
export function codeAt(seed: string, now: number): string {
  return hotp(base32Bytes(seed), Math.floor(now / STEP_MS));
}
