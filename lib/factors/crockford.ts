const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Bytes in Crockford's base 32: no I, L, O or U, so that a code survives being read and typed. */
export function encodeCrockford(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => ALPHABET.charAt(Number.parseInt(five, 2)));
}

/** What was meant by what was typed: case, spaces and hyphens do not count, O is 0, I and L are 1. */
export function normalizeCrockford(text: string): string {
  return text.toUpperCase().replace(/[ -]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
