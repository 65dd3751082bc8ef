/* global Appwrite, addUser, appCode, forward, mailedCode */
// Runs in a page, beside an SDK's bundle. The test gives the page what lies outside a browser.

/** The names of the announcement, which lived in two release candidates. */
const ANNOUNCED = {
  enroll: 'addAuthenticator',
  confirm: 'verifyAuthenticator',
  list: 'listFactors',
  challenge: 'createChallenge',
  answer: 'updateChallenge',
};
const RELEASED = {
  enroll: 'createMfaAuthenticator',
  confirm: 'updateMfaAuthenticator',
  list: 'listMfaFactors',
  challenge: 'createMfaChallenge',
  answer: 'updateMfaChallenge',
};

/** What each step of the flow came to, in an object that the test compares. */
const flows = {
  /** Enrolls an authenticator app, switches MFA on, and signs in again with it. */
  async app(account, names) {
    const user = await addUser({});
    await account.createEmailPasswordSession(user.email, user.password);
    const { secret, uri } = await account[names.enroll]('totp');
    const confirmed = await account[names.confirm]('totp', await appCode(secret));
    const { mfa } = await account.updateMFA(true);
    await account.deleteSession('current');
    const signedOut = await refusal(account.get());
    await forward(30_000);
    return {
      uri: uri.startsWith('otpauth://totp/'),
      confirmed: confirmed.$id === user.id,
      mfa,
      signedOut,
      ...(await signIn(account, names, user, 'totp', () => appCode(secret))),
    };
  },

  /** Switches MFA on for an address that the host vouches for, and signs in with a code by mail. */
  async email(account, names) {
    const user = await addUser({ emailVerified: true });
    await account.createEmailPasswordSession(user.email, user.password);
    const { mfa } = await account.updateMFA(true);
    await account.deleteSession('current');
    const code = () => mailedCode(user.email);
    return { mfa, ...(await signIn(account, names, user, 'email', code)) };
  },
};

async function signIn(account, names, user, factor, code) {
  await account.createEmailPasswordSession(user.email, user.password);
  const pending = await refusal(account.get());
  const { totp, email, phone } = await account[names.list]();
  const challenge = await account[names.challenge](factor);
  const wrong = await refusal(account[names.answer](challenge.$id, 'no code'));
  await account[names.answer](challenge.$id, await code());
  const { $id } = await account.get();
  return { pending, factors: { totp, email, phone }, wrong, got: $id === user.id };
}

async function refusal(call) {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    return error instanceof Appwrite.AppwriteException ? error.type : String(error);
  }
}

/** The page is of the app's own origin unless told where the app is. */
globalThis.runFlow = (name, origin = location.origin) => {
  const client = new Appwrite.Client().setEndpoint(`${origin}/v1`).setProject('acme');
  const account = new Appwrite.Account(client);
  return flows[name](account, 'listFactors' in account ? ANNOUNCED : RELEASED);
};
