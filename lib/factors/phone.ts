import { object, optional, string } from 'valibot';

import type { Delivery, Factor } from '../core/factor.ts';
import { oneTimeCode, sendCode } from './one-time-code.ts';
import type { CodeRules } from './one-time-code.ts';
import { parse } from './parse.ts';
import { readPhoneNumber } from './phone-number.ts';
import type { Countries, ReadNumber } from './phone-number.ts';

export interface PhoneSecret {
  readonly number: string;
}

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A code by SMS. A restricted authenticator (NIST SP 800-63B-4 section
 * 3.2.9): offer another way beside it.
 */
export function phone(
  rules: CodeRules & { readonly countries: Countries },
): Factor<PhoneSecret, { readonly phone?: string | undefined }, string> {
  return {
    ...oneTimeCode,
    type: 'phone',
    traits: {
      amr: ['sms'],
      alsoCalled: /phone|sms|^text|^mobile$|^tel$|^otp$/,
      aal2: true,
      phishingResistant: false,
      guessable: true,
      role: 'factor',
      max: 10,
      tries: rules.tries,
      ttlMs: rules.ttlMs,
      channel: 'sms',
    },
    input: parse(object({ phone: optional(string()) }), 'Param "phone" must be a string.'),

    async enroll(context, { phone: wanted = context.user.phone }) {
      if (!wanted) return { status: 'missing', message: 'The account has no phone number.' };
      const read = await readPhoneNumber(wanted, rules.countries);
      if (!read.ok) return { status: 'unacceptable', message: read.message };
      const secret = { number: read.number };
      return { status: 'draft', secret, ...sendCode(context, deliveryTo(read), rules) };
    },

    async challenge(context, { number }) {
      // Checked at every message: a number that the host vouches for was never checked here.
      const read = await readPhoneNumber(number, rules.countries);
      if (!read.ok) return { status: 'unacceptable', message: read.message };
      return sendCode(context, deliveryTo(read), rules);
    },

    describe: ({ number }) => ({ hint: `${number.slice(0, 3)}••••${number.slice(-2)}` }),

    async destination({ number }) {
      const read = await readPhoneNumber(number, rules.countries);
      return read.ok ? { channel: 'sms', to: read.number } : undefined;
    },

    vouched: ({ phone: number, phoneVerified }) =>
      number && phoneVerified && E164.test(number) ? { number } : undefined,
  };
}

function deliveryTo({
  number,
  country,
}: Extract<ReadNumber, { ok: true }>): Omit<Delivery, 'code'> {
  const groups = { prefix: number.slice(0, -4), country };
  return { channel: 'sms', to: number, mailbox: number, groups };
}
