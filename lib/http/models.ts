import type { Account } from '../core/commands/account.ts';
import type { AuthenticatorView } from '../core/commands/authenticators.ts';
import type { Enrolled } from '../core/commands/enroll.ts';
import { challengedAt, counted } from '../core/policy.ts';
import type { Challenge, Facts, FactorType, SessionRecord } from '../core/vocabulary.ts';

/** Appwrite's date format: milliseconds and a numeric zone. */
export function dateModel(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}

/** Appwrite's User (Account). Every key is always there; what we do not know has Appwrite's default. */
export function userModel(
  { user, enrollment, record }: Account,
  confirmed: ReadonlySet<FactorType>,
): object {
  const createdAt = dateModel(Number(new Date(user.createdAt ?? 0)) || 0);
  const email = user.email ?? '';
  const target = {
    $id: `email-${user.id}`,
    $createdAt: createdAt,
    $updatedAt: createdAt,
    name: '',
    userId: user.id,
    providerId: null,
    providerType: 'email',
    identifier: email,
    expired: false,
  };
  return {
    $id: user.id,
    $createdAt: createdAt,
    $updatedAt: createdAt,
    name: user.name ?? '',
    registration: createdAt,
    status: true,
    labels: [],
    passwordUpdate: '',
    email,
    phone: user.phone ?? '',
    emailVerification: confirmed.has('email'),
    emailCanonical: null,
    emailIsFree: null,
    emailIsDisposable: null,
    emailIsCorporate: null,
    emailIsCanonical: null,
    phoneVerification: confirmed.has('phone'),
    mfa: enrollment.mfa,
    prefs: {},
    targets: email === '' ? [] : [target],
    accessedAt: dateModel(record.seenAt),
    impersonator: false,
    impersonatorUserId: null,
  };
}

/** What Appwrite knows of the client and we do not. */
const UNKNOWN_CLIENT = Object.fromEntries(
  [
    'providerAccessToken providerAccessTokenExpiry providerRefreshToken ip osCode osName osVersion',
    'clientType clientCode clientName clientVersion clientEngine clientEngineVersion',
    'deviceName deviceBrand deviceModel countryCode countryName',
  ]
    .join(' ')
    .split(' ')
    .map((key) => [key, '']),
);

/** Appwrite's Session. Its `secret` is empty for clients: the cookie is all that they need. */
export function sessionModel(
  record: SessionRecord,
  facts: Facts,
  { current, overallMs }: { readonly current: boolean; readonly overallMs: number },
): object {
  const factors = [...new Set(counted(record, facts).map(({ factor }) => factor))];
  const challenged = challengedAt(record);
  return {
    $id: record.id,
    $createdAt: dateModel(record.createdAt),
    $updatedAt: dateModel(record.seenAt),
    userId: record.userId,
    expire: dateModel(record.createdAt + overallMs),
    provider: 'email',
    providerUid: '',
    ...UNKNOWN_CLIENT,
    current,
    factors,
    secret: '',
    mfaUpdatedAt: challenged === 0 ? '' : dateModel(challenged),
  };
}

/** Appwrite's MfaChallenge: neither the factor nor the code. */
export function challengeModel(challenge: Challenge): object {
  const { id, createdAt, userId, expiresAt } = challenge;
  return {
    $id: id,
    $createdAt: dateModel(createdAt),
    userId,
    expire: dateModel(expiresAt),
  };
}

/** Appwrite's Token, for the confirmation of an address or a number: the secret went another way. */
export function tokenModel({ challenge }: Enrolled): object {
  return { ...(challenge ? challengeModel(challenge) : {}), secret: '', phrase: '' };
}

/** Appwrite's Token once it has served. */
export function confirmationModel({ record }: Account): object {
  const { at = 0, authenticator = '' } = record.completed.at(-1) ?? {};
  const date = dateModel(at);
  return {
    $id: authenticator,
    $createdAt: date,
    userId: record.userId,
    expire: date,
    secret: '',
    phrase: '',
  };
}

/** An authenticator as its owner sees it (no model of Appwrite's). */
export function authenticatorModel(view: AuthenticatorView): object {
  const { id, type, name, origin, state, createdAt, usedAt, hint, remaining } = view;
  return {
    $id: id,
    $createdAt: dateModel(createdAt),
    type,
    name,
    origin,
    state,
    hint: hint ?? '',
    lastUsedAt: usedAt === undefined ? '' : dateModel(usedAt),
    ...(remaining === undefined ? {} : { remaining }),
  };
}

/** Appwrite's MfaFactors: its own keys are always there, ours beside them. */
export function factorsModel(factors: Readonly<Record<FactorType, boolean>>): object {
  const known = { totp: false, phone: false, email: false, recoveryCode: false, custom: false };
  return { ...known, ...factors };
}
