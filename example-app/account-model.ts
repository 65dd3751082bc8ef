import type { User } from '../lib/index.ts';

/**
 * A new user as Appwrite's SDKs expect it: the same keys as `GET /v1/account` answers once the
 * user is signed in.
 */
export function accountModel({ id, name = '', email = '', phone = '', createdAt = 0 }: User) {
  const created = new Date(createdAt).toISOString().replace('Z', '+00:00');
  return {
    $id: id,
    $createdAt: created,
    $updatedAt: created,
    name,
    registration: created,
    status: true,
    labels: [],
    passwordUpdate: '',
    email,
    phone,
    emailVerification: false,
    emailCanonical: null,
    emailIsFree: null,
    emailIsDisposable: null,
    emailIsCorporate: null,
    emailIsCanonical: null,
    phoneVerification: false,
    mfa: false,
    prefs: {},
    targets: [
      {
        $id: `email-${id}`,
        $createdAt: created,
        $updatedAt: created,
        name: '',
        userId: id,
        providerId: null,
        providerType: 'email',
        identifier: email,
        expired: false,
      },
    ],
    accessedAt: created,
    impersonator: false,
    impersonatorUserId: null,
  };
}
