import type { Reason, Refusal } from '../core/outcome.ts';

/** An error as it goes over the wire: status, Appwrite's type, and a default message. */
export interface WireError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const error = (status: number, type: string, message: string): WireError => ({
  status,
  type,
  message,
});

/** Appwrite's types for what concerns an address speak of `email` and `phone`. */
const CONTACTS: Readonly<Record<string, string>> = { email: 'email', phone: 'phone' };
const contactOf = (refusal: Refusal): string | undefined => CONTACTS[refusal.factor ?? ''];

const GUEST = error(
  401,
  'general_unauthorized_scope',
  'User (role: guests) missing scopes (["account"])',
);
const INVALID = error(401, 'user_invalid_token', 'Invalid token passed in the request.');
const ARGUMENT = error(400, 'general_argument_invalid', 'The request is not as expected.');
const LIMITED = error(
  429,
  'general_rate_limit_exceeded',
  'Rate limit for the current endpoint has been exceeded. Please try again after some time.',
);
const CODES = 'recoveryCode';

const noAuthenticator = (refusal: Refusal): WireError =>
  refusal.factor === CODES
    ? error(
        404,
        'user_recovery_codes_not_found',
        'Recovery codes could not be found on the current user.',
      )
    : error(
        404,
        'user_authenticator_not_found',
        'Authenticator could not be found on the current user.',
      );

const exists = (refusal: Refusal): WireError => {
  const contact = contactOf(refusal);
  if (contact) {
    return error(409, `user_${contact}_already_verified`, `User ${contact} is already verified`);
  }
  return refusal.factor === CODES
    ? error(
        409,
        'user_recovery_codes_already_exists',
        'The current user already generated recovery codes and they can only be read once for security reasons.',
      )
    : error(
        409,
        'user_authenticator_already_verified',
        'This authenticator is already verified on the current user.',
      );
};

const noChannel = (refusal: Refusal): WireError =>
  refusal.factor === 'phone'
    ? error(503, 'general_phone_disabled', 'Phone provider not configured')
    : error(503, 'general_smtp_disabled', 'SMTP disabled');

const undelivered = (refusal: Refusal): WireError =>
  refusal.factor === 'phone'
    ? error(503, 'general_phone_disabled', 'No SMS can be sent at present.')
    : error(503, 'general_smtp_disabled', 'No e-mail can be sent at present.');

const contactError =
  (suffix: string, message: (contact: string) => string) =>
  (refusal: Refusal): WireError => {
    const contact = contactOf(refusal);
    return contact
      ? error(400, `user_${contact}_${suffix}`, message(contact))
      : noAuthenticator(refusal);
  };

/** One row a reason; the wording of Appwrite where Appwrite has the case. */
const TABLE: Readonly<Record<Reason, WireError | ((refusal: Refusal) => WireError)>> = {
  'first-factor': GUEST,
  'more-factors': error(
    401,
    'user_more_factors_required',
    'More factors are required to complete the sign in process.',
  ),
  enrollment: error(
    401,
    'user_more_factors_required',
    'A second factor must be set up before this can be used.',
  ),
  challenge: error(
    401,
    'user_challenge_required',
    'A recently successful challenge is required to complete this action. Without a second factor, sign in again.',
  ),
  invalid: INVALID,
  malformed: ARGUMENT,
  credentials: error(
    401,
    'user_invalid_credentials',
    'Invalid credentials. Please check the email and password.',
  ),
  'signed-in': error(
    401,
    'user_session_already_exists',
    'Creation of a session is prohibited when a session is active.',
  ),
  locked: LIMITED,
  cooling: LIMITED,
  limited: LIMITED,
  'unknown-factor': error(
    400,
    'general_argument_invalid',
    'The factor must be one of those listed at /account/mfa/factors.',
  ),
  'same-as-first': error(
    400,
    'general_argument_invalid',
    'The factor that opened the session cannot complete it as well.',
  ),
  'no-channel': noChannel,
  undelivered,
  'no-destination': contactError('not_found', () => 'The account has no such address or number.'),
  'not-verified': contactError('not_verified', (contact) => `User ${contact} is not verified`),
  unacceptable: ARGUMENT,
  'no-authenticator': noAuthenticator,
  'authenticator-exists': exists,
  'too-many': error(
    409,
    'user_authenticator_limit_exceeded',
    'No more authenticators of this kind can be added; remove one first.',
  ),
  vouched: error(
    400,
    'general_argument_invalid',
    'This address or number belongs to the account itself; change it there.',
  ),
  'no-session': error(
    404,
    'user_session_not_found',
    'The current user session could not be found.',
  ),
  'no-user': error(404, 'user_not_found', 'User with the requested ID could not be found.'),
  unsupported: error(
    501,
    'user_auth_method_unsupported',
    'This is not supported by the application.',
  ),
};

/** The wire error of a refusal. */
export function errorOf(refusal: Refusal): WireError {
  const row = TABLE[refusal.reason];
  const found = typeof row === 'function' ? row(refusal) : row;
  return refusal.message === undefined ? found : { ...found, message: refusal.message };
}
