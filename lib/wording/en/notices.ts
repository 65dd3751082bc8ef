import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('en');

export const notices: NoticeTexts = {
  subject: (issuer) => `Security notice from ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `A way to confirm your sign-in (${factor}) was added to your ${issuer} account on ${when}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `A way to confirm your sign-in (${factor}) was removed from your ${issuer} account on ${when}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `A way to confirm your sign-in (${factor}) was suspended for your ${issuer} account on ${when}, after too many wrong answers from browsers that you have not used before. It still works in a browser in which you have signed in; anywhere else use another way, or set it up anew.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `A way to confirm your sign-in (${factor}) was disabled for your ${issuer} account on ${when}, after too many wrong answers. Set it up anew to use it again.`,
    mfa_switched_on: ({ issuer, when }) =>
      `Two-step sign-in was switched on for your ${issuer} account on ${when}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `Two-step sign-in was switched off for your ${issuer} account on ${when}. The password alone is enough now.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Recovery codes were made for your ${issuer} account on ${when}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `New recovery codes were made for your ${issuer} account on ${when}. The old ones are void.`,
    recovery_code_used: ({ issuer, when }) =>
      `A recovery code was used for your ${issuer} account on ${when}.`,
    phone_changed: ({ issuer, when }) =>
      `The phone number of your ${issuer} account was changed on ${when}.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Someone gave the right password for your ${issuer} account and then wrong answers, one after the other (${factor}), the last one on ${when}. Further answers may have to wait for a while.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Someone gave the right password for your ${issuer} account and asked for many codes (${factor}), the last time on ${when}. No more are sent for now to browsers that you have not used before.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `All ways to confirm your sign-in were removed from your ${issuer} account on ${when}, its recovery codes too, and all its sessions were ended.`,
  },
  left: (left) =>
    left === 0
      ? 'No recovery code is left.'
      : count(left, { one: '# recovery code is left.', other: '# recovery codes are left.' }),
  few: 'Make a new set now: without one you may not get in when you lose your second factor.',
  tried: (issuer) =>
    `If it was not you, someone may know your password: change it at ${issuer}. Never give a code to anyone.`,
  changed: (issuer) =>
    `If it was not you: change your password at ${issuer}, end all other sessions, remove what is not yours and make new recovery codes. If you cannot sign in, ask ${issuer} for help at once.`,
};
