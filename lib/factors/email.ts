import { maxLength, object, optional, pipe, regex, string, trim } from 'valibot';

import type { Delivery, Factor } from '../core/factor.ts';
import { oneTimeCode, sendCode } from './one-time-code.ts';
import type { CodeRules } from './one-time-code.ts';
import { parse } from './parse.ts';

export interface EmailSecret {
  readonly address: string;
}

// What a client may name is narrow: a dot-atom (RFC 5322 section 3.2.3) at a domain in its ASCII
// form, and nothing that a mail library or server reads as more than one mailbox (attack A40).
const MAILBOX =
  /^(?=.{1,64}@)(?!-)[\w#&'*+/=?^~-]+(?:\.[\w#&'*+/=?^~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])?$/i;

// What the host vouches for may be of any script and quoted; two mailboxes or a header it may not be.
const ONE_MAILBOX =
  /^(?:"[^"\\\p{Cc}\p{Zl}\p{Zp}]+"|[^\p{Cc}\p{Z}<>(),;:\\"[\]@]+)@[^\p{Cc}\p{Z}<>(),;:\\"[\]@]+$/u;

const input = object({
  email: optional(pipe(string(), trim(), maxLength(254), regex(MAILBOX))),
});

/**
 * A code by e-mail. Convenient, and no authenticator in the sense of
 * NIST SP 800-63B-4 section 3.1.3.1, so it never counts towards AAL2.
 */
export function email(
  rules: CodeRules,
): Factor<EmailSecret, { readonly email?: string | undefined }, string> {
  return {
    ...oneTimeCode,
    type: 'email',
    traits: {
      amr: ['email'],
      alsoCalled: /mail|magiclink|^otp$/,
      aal2: false,
      phishingResistant: false,
      guessable: true,
      role: 'factor',
      max: 10,
      tries: rules.tries,
      ttlMs: rules.ttlMs,
      channel: 'email',
    },
    input: parse(input, 'Param "email" must be one e-mail address.'),

    enroll(context, { email: address = context.user.email }) {
      if (!address) {
        return { status: 'missing', message: 'The account has no e-mail address.' };
      }
      if (!ONE_MAILBOX.test(address)) {
        return {
          status: 'unacceptable',
          message: 'The address of the account is not one mailbox.',
        };
      }
      return {
        status: 'draft',
        secret: { address },
        ...sendCode(context, deliveryTo(address), rules),
      };
    },

    challenge: (context, { address }) => sendCode(context, deliveryTo(address), rules),
    describe: ({ address }) => ({ hint: mask(address) }),
    destination: ({ address }) => ({ channel: 'email', to: address }),
    vouched: ({ email: address, emailVerified }) =>
      address && emailVerified && ONE_MAILBOX.test(address) ? { address } : undefined,
  };
}

/** Many spellings reach one mailbox: what follows a plus, and capitals, make no other one of it (attack A40). */
function deliveryTo(address: string): Omit<Delivery, 'code'> {
  const at = address.lastIndexOf('@');
  const [name] = address.slice(0, at).split('+');
  return { channel: 'email', to: address, mailbox: `${name}${address.slice(at)}`.toLowerCase() };
}

/** The first character and the domain: enough to know one's own mailbox. */
function mask(address: string): string {
  const [first = ''] = address;
  return `${first}••••${address.slice(address.lastIndexOf('@'))}`;
}
