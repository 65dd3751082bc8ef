import { clientAddress } from './client-address.ts';

/**
 * What budgets go by: the address, or of IPv6 the /64 that one holder has to itself (attack A47).
 * An IPv4 address written as IPv6 is the same. Undefined where it tells nobody apart: an inner
 * address is that of a proxy whose word Express does not take (see `trust proxy`), and what one of
 * its users uses up must not be missing to all.
 */
export function networkOf(ip: string | undefined): string | undefined {
  const address = clientAddress(ip);
  if (!address || INNER.has(address.range())) return undefined;
  const bytes = address.toByteArray();
  return address.kind() === 'ipv4' ? address.toString() : `${hex(bytes.slice(0, 8))}/64`;
}

const INNER: ReadonlySet<string> = new Set([
  'loopback',
  'private',
  'uniqueLocal',
  'linkLocal',
  'carrierGradeNat',
  'unspecified',
]);

function hex(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('hex');
}
