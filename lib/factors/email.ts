import { email as emailAddress, maxLength, object, optional, pipe, string, trim } from 'valibot';

import type { Factor } from '../core/factor.ts';
import { oneTimeCode, sendCode } from './one-time-code.ts';
import type { CodeRules } from './one-time-code.ts';
import { parse } from './parse.ts';

export interface EmailSecret {
  readonly address: string;
}

const input = object({
  email: optional(pipe(string(), trim(), maxLength(254), emailAddress())),
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
      aal2: false,
      phishingResistant: false,
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
      return {
        status: 'draft',
        secret: { address },
        ...sendCode(context, 'email', address, rules),
      };
    },

    challenge: (context, { address }) => sendCode(context, 'email', address, rules),
    describe: ({ address }) => ({ hint: mask(address) }),
    destination: ({ address }) => ({ channel: 'email', to: address }),
    vouched: ({ email: address, emailVerified }) =>
      address && emailVerified ? { address } : undefined,
  };
}

/** The first character and the domain: enough to know one's own mailbox. */
function mask(address: string): string {
  const [first = ''] = address;
  return `${first}••••${address.slice(address.lastIndexOf('@'))}`;
}
