import { settleFirstFactor } from '../../lib/first-factor.ts';
import { startEngine } from '../core/engine.ts';

const settled = (options: unknown) =>
  settleFirstFactor(options as { readonly factor?: string }, startEngine().engine.factors);
const refusal = (message: string) =>
  expect.objectContaining({ code: 'options_invalid', message: `signIn: ${message}` });

describe('the factor by which a host signs a user in', () => {
  it('is the password unless it is told', () => {
    for (const options of [{}, { factor: undefined }]) expect(settled(options)).toBe('password');
  });

  it.each(['password', 'email', 'phone', 'totp', 'recoveryCode'])('is told as %s', (factor) => {
    expect(settled({ factor })).toBe(factor);
  });

  it.each<readonly [string, readonly string[]]>([
    [
      "'email'",
      ['Email', 'EMAIL', 'e-mail', 'e_mail', 'mail', 'mails', 'emial', 'emails', 'eMail'],
    ],
    ["'email'", ['magic-link', 'magicLink', 'Magic link', 'email-link', 'emailOtp', 'mailbox']],
    ["'phone'", ['sms', 'SMS', 'Phone', 'phones', 'phnoe', 'sms-otp', 'smsCode', 'phone_number']],
    ["'phone'", ['text', 'text-message', 'mobile', 'tel', 'telephone', ' phone ', 'phone\n']],
    ["'totp'", ['TOTP', 'Totp', 't-otp', 'authenticator-app']],
    ["'totp' or 'email' or 'phone'", ['otp', 'OTP']],
    [
      "'recoveryCode'",
      ['recovery', 'recovery-code', 'recoverycodes', 'RecoveryCode', 'backup code'],
    ],
    ["'password'", ['Password', 'pwd', 'passwd', 'pasword', 'passwort', 'pass-word']],
  ])('has no name but %s, by which it is never the second [VER-12] [A28]', (name, others) => {
    for (const factor of others)
      expect(() => settled({ factor })).toThrow(
        refusal(
          `\`factor\` must be ${name}: by another name what signed in could be the second factor, too.`,
        ),
      );
  });

  it.each([
    'oauth2',
    'oidc',
    'saml',
    'sso',
    'ldap',
    'kerberos',
    'passkey',
    'webauthn',
    'passwordless',
    'hotp',
    'token',
    'pin',
    'x509',
    'eid',
    'google',
    'Apple',
    'bank-id',
    '短信',
  ])('has the name %s of the host’s own where it is no factor here', (factor) => {
    expect(settled({ factor })).toBe(factor);
  });

  it.each(['', ' ', '\n', null, 5, true, ['email'], { factor: 'email' }])(
    'is no %j, which is no name',
    (factor) => {
      expect(() => settled({ factor })).toThrow(
        refusal(
          "`factor` must be a name: 'password', 'email', 'phone', or your own for anything else.",
        ),
      );
    },
  );

  it.each<readonly [unknown, string]>([
    [{ Factor: 'email' }, 'there is no option `Factor`. Did you mean `factor`?'],
    [{ factors: ['email'] }, 'there is no option `factors`. Did you mean `factor`?'],
    [{ method: 'email' }, 'there is no option `method`.'],
    [null, '`options` must be an object.'],
    ['email', '`options` must be an object.'],
  ])('is not told by %j', (options, message) => {
    expect(() => settled(options)).toThrow(refusal(message));
  });
});
