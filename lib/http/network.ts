import ipaddr from 'ipaddr.js';

/**
 * What budgets go by: the address, or of IPv6 the /64 that one holder has to itself (attack A47).
 * An IPv4 address written as IPv6 is the same. Undefined where Express knows no address.
 */
export function networkOf(ip: string | undefined): string | undefined {
  if (ip === undefined || !ipaddr.isValid(ip)) return undefined;
  const address = ipaddr.process(ip);
  const bytes = address.toByteArray();
  return address.kind() === 'ipv4' ? address.toString() : `${hex(bytes.slice(0, 8))}/64`;
}

function hex(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('hex');
}
