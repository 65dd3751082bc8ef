import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * Reads exactly one mailbox, `name@domain`, and answers it with the domain in its ASCII form;
 * undefined for everything else. Narrower than RFC 5321 section 4.1.2 on purpose: whatever a
 * mail library could read as a second recipient, a header, a group or an option is refused.
 */
export function mailboxOf(input: unknown): string | undefined {
  if (typeof input !== 'string' || input.length > MAX_MAILBOX) return undefined;
  const at = input.indexOf('@');
  const local = input.slice(0, Math.max(at, 0));
  if (local.length > MAX_LOCAL || !LOCAL.test(local)) return undefined;
  const domain = asciiDomain(input.slice(at + 1));
  if (domain === undefined || local.length + 1 + domain.length > MAX_MAILBOX) return undefined;
  return `${local}@${domain}`;
}

// RFC 5321 section 4.5.3.1, less the angle brackets of a path.
const MAX_LOCAL = 64;
const MAX_MAILBOX = 254;

// A dot-atom (RFC 5322 section 3.2.3) without what a mail server may act on: `!` and `%` route
// onwards to another host, `|`, backquote, `$` and braces have run commands. A hyphen in front
// would be an option to a sendmail binary.
const LOCAL = /^(?!-)[\w#&'*+/=?^~-]+(?:\.[\w#&'*+/=?^~-]+)*$/;

// Letters, digits and hyphens (RFC 5321 section 2.3.5); a last label of digits is an IP address.
const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z](?:[a-z\d-]{0,61}[a-z\d])?$/;

function asciiDomain(domain: string): string | undefined {
  const ascii = domainToASCII(domain);
  if (!DOMAIN.test(ascii)) return undefined;
  // The conversion also maps look-alikes, soft hyphens and escapes away: a name that is not in
  // its final form could be one mailbox to the host's look-up and another to the mail server.
  const given = domain.toLowerCase();
  return given === ascii || given.normalize('NFC') === domainToUnicode(ascii) ? ascii : undefined;
}
