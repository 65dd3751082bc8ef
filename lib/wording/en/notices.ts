import type { Notice } from '../../core/notice.ts';
import type { NoticeTexts } from '../catalogue.ts';

export const notices: NoticeTexts = {
  subject: (issuer) => `Security notice from ${issuer}`,

  happened(notice, issuer, factor, when) {
    const account = `your ${issuer} account`;
    const at = `on ${when}`;
    switch (notice.type) {
      case 'authenticator_added':
        return `A way to confirm your sign-in (${factor}) was added to ${account} ${at}.`;
      case 'authenticator_removed':
        return `A way to confirm your sign-in (${factor}) was removed from ${account} ${at}.`;
      case 'authenticator_suspended':
        return `A way to confirm your sign-in (${factor}) was suspended for ${account} ${at}, after too many wrong answers from browsers that you have not used before. It still works in a browser in which you have signed in; anywhere else use another way, or set it up anew.`;
      case 'authenticator_disabled':
        return `A way to confirm your sign-in (${factor}) was disabled for ${account} ${at}, after too many wrong answers. Set it up anew to use it again.`;
      case 'mfa_switched_on':
        return `Sign-in with a second factor was switched on for ${account} ${at}.`;
      case 'mfa_switched_off':
        return `Sign-in with a second factor was switched off for ${account} ${at}. The password alone is enough now.`;
      case 'recovery_codes_made':
        return `Recovery codes were made for ${account} ${at}.`;
      case 'recovery_codes_replaced':
        return `New recovery codes were made for ${account} ${at}. The old ones are void.`;
      case 'recovery_code_used':
        return `A recovery code was used for ${account} ${at}. ${left(notice)}`;
      case 'factor_failing':
        return `Someone gave the right password for ${account} and then wrong answers, one after the other (${factor}), the last one ${at}. Further answers may have to wait for a while.`;
      case 'codes_limited':
        return `Someone gave the right password for ${account} and asked for many codes (${factor}), the last time ${at}. No more are sent for now to browsers that you have not used before.`;
      case 'enrollment_forgotten':
        return `All ways to confirm your sign-in were removed from ${account} ${at}, its recovery codes too, and all its sessions were ended.`;
    }
  },

  notYou(notice, issuer) {
    switch (notice.type) {
      case 'factor_failing':
      case 'codes_limited':
        return `If it was not you, someone may know your password: change it at ${issuer}. Never give a code to anyone.`;
      case 'authenticator_added':
      case 'authenticator_removed':
      case 'authenticator_suspended':
      case 'authenticator_disabled':
      case 'mfa_switched_on':
      case 'mfa_switched_off':
      case 'recovery_codes_made':
      case 'recovery_codes_replaced':
      case 'recovery_code_used':
      case 'enrollment_forgotten':
        return `If it was not you: change your password at ${issuer}, end all other sessions, remove what is not yours and make new recovery codes. If you cannot sign in, ask ${issuer} for help at once.`;
    }
  },
};

/** The last few codes are the time to make new ones. */
const FEW = 3;

function left({ remaining = 0 }: Notice): string {
  const few =
    ' Make a new set now: without one you may not get in when you lose your second factor.';
  const count =
    remaining === 0
      ? 'No recovery code is left.'
      : remaining === 1
        ? '1 recovery code is left.'
        : `${remaining} recovery codes are left.`;
  return remaining <= FEW ? `${count}${few}` : count;
}
