import ipaddr from 'ipaddr.js';

/**
 * The address that Express names as that of a client, an IPv4 one in its own form. Some proxies put
 * the port behind it (Azure's gateways), or a word such as `unknown` in its place: a port is dropped,
 * what is no address is undefined.
 */
export function clientAddress(ip: string | undefined): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const [, v4, v6] = WITH_PORT.exec(ip ?? '') ?? [];
  const text = v4 ?? v6 ?? ip;
  return text !== undefined && ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

/** IPv6 only in brackets (RFC 3986 section 3.2.2): without them nobody can tell a port from its last group. */
const WITH_PORT = /^(?:(\d+(?:\.\d+){3}):\d{1,5}|\[([^\]]+)\](?::\d{1,5})?)$/;
