import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Reason } from '../../lib/core/outcome.ts';
import { refused } from '../../lib/core/outcome.ts';
import { errorOf } from '../../lib/http/error-types.ts';

/** What clients switch on: whoever changes one of these breaks them. */
const TYPES: Readonly<Record<Reason, readonly [status: number, type: string]>> = {
  'first-factor': [401, 'general_unauthorized_scope'],
  'more-factors': [401, 'user_more_factors_required'],
  enrollment: [401, 'user_more_factors_required'],
  challenge: [401, 'user_challenge_required'],
  invalid: [401, 'user_invalid_token'],
  malformed: [400, 'general_argument_invalid'],
  credentials: [401, 'user_invalid_credentials'],
  'signed-in': [401, 'user_session_already_exists'],
  locked: [429, 'general_rate_limit_exceeded'],
  cooling: [429, 'general_rate_limit_exceeded'],
  limited: [429, 'general_rate_limit_exceeded'],
  'unknown-factor': [400, 'general_argument_invalid'],
  'same-as-first': [400, 'general_argument_invalid'],
  'no-channel': [503, 'general_smtp_disabled'],
  undelivered: [503, 'general_smtp_disabled'],
  'no-destination': [400, 'user_email_not_found'],
  'not-verified': [400, 'user_email_not_verified'],
  unacceptable: [400, 'general_argument_invalid'],
  'no-authenticator': [404, 'user_authenticator_not_found'],
  'authenticator-exists': [409, 'user_email_already_verified'],
  'too-many': [409, 'user_authenticator_limit_exceeded'],
  vouched: [400, 'general_argument_invalid'],
  'no-session': [404, 'user_session_not_found'],
  'no-user': [404, 'user_not_found'],
  unsupported: [501, 'user_auth_method_unsupported'],
};
/** Those whose type tells which factor it was about. */
const OF_FACTORS: readonly (readonly [Reason, string, number, string])[] = [
  ['no-channel', 'phone', 503, 'general_phone_disabled'],
  ['undelivered', 'phone', 503, 'general_phone_disabled'],
  ['no-destination', 'phone', 400, 'user_phone_not_found'],
  ['not-verified', 'phone', 400, 'user_phone_not_verified'],
  ['no-authenticator', 'recoveryCode', 404, 'user_recovery_codes_not_found'],
  ['authenticator-exists', 'phone', 409, 'user_phone_already_verified'],
  ['authenticator-exists', 'totp', 409, 'user_authenticator_already_verified'],
  ['authenticator-exists', 'recoveryCode', 409, 'user_recovery_codes_already_exists'],
];
const ROWS = [
  ...Object.entries(TYPES).map(([reason, [status, type]]) => {
    return [reason as Reason, 'email', status, type] as const;
  }),
  ...OF_FACTORS,
];
const README = readFileSync(path.resolve(__dirname, '..', '..', 'README.md'), 'utf8');

describe('an error', () => {
  it.each(ROWS)('for %s of %s is %s %s, for good, and in the README', (reason, factor, ...is) => {
    const error = errorOf(refused(reason, { factor }));
    expect([error.status, error.type]).toEqual(is);
    expect(README).toContain(`\`${error.type}\``);
    expect(error.message).toMatch(/^[A-Z].{9,}/);
  });

  it('says what is special about a case in the words of the case', () => {
    const message = 'Param "otp" is not optional.';
    expect(errorOf(refused('malformed', { message }))).toMatchObject({ status: 400, message });
  });
});
