import { MfaError } from '../errors.ts';
import { breaksHeader } from './breaks-header.ts';
import { mailboxOf } from './mailbox.ts';

/** `name@example.com`, `Acme <name@example.com>`, or the two apart. */
export type MailFrom = string | { readonly name?: string | undefined; readonly address: string };

/**
 * Reads the one mailbox that mails come from.
 *
 * @throws MfaError `options_invalid`
 */
export function readMailFrom(from: MailFrom): { readonly name: string; readonly address: string } {
  const { name = '', address } = typeof from === 'string' ? split(from) : (from ?? { address: '' });
  const mailbox = mailboxOf(address);
  if (mailbox === undefined) {
    throw new MfaError(
      'options_invalid',
      'nodemailerSender: `from` must be one mailbox, such as "no-reply@example.com", "Acme <no-reply@example.com>" or { name, address }.',
    );
  }
  if (typeof name !== 'string' || name.length > MAX_NAME || breaksHeader(name)) {
    throw new MfaError(
      'options_invalid',
      `nodemailerSender: the name in \`from\` must be one line of at most ${MAX_NAME} characters, without control characters.`,
    );
  }
  return { name, address: mailbox };
}

const MAX_NAME = 128;

/** A second pair of angle brackets, and so a second sender, leaves an address that is no mailbox. */
function split(from: string): { readonly name: string; readonly address: string } {
  const parts = /^(?:"(?<quoted>[^"\\]*)"|(?<plain>[^"<>]*))<(?<address>[^<>]*)>$/.exec(
    from.replace(/" +</, '"<'),
  )?.groups;
  if (!parts) return { name: '', address: from };
  return {
    name: (parts['quoted'] ?? parts['plain'] ?? '').trim(),
    address: parts['address'] ?? '',
  };
}
