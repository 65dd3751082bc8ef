import assert from 'node:assert/strict';

/** A user with a vouched mailbox and MFA on. */
async function userWithMailbox(world) {
  const user = await world.addUser({ emailVerified: true });
  const { account } = await world.signIn(user);
  assert.equal((await account.updateMFA(true)).mfa, true);
  // The session that switches it on goes on.
  assert.equal((await account.get()).$id, user.id);
  return user;
}

/** The sign-in as it was announced, with a code by e-mail. */
async function signInByMail(world, how) {
  const user = await userWithMailbox(world);
  const { account } = await world.signInPending(user, how);
  const { totp, email, phone } = await account.listMfaFactors();
  assert.deepEqual({ totp, email, phone }, { totp: false, email: true, phone: false });

  const { AuthenticationFactor } = world.sdk;
  const challenge = await account.createMfaChallenge(AuthenticationFactor.Email);
  const code = await world.mailedCode(user.email);
  const wrong = code === '111111' ? '222222' : '111111';
  const answer = (otp) => account.updateMfaChallenge(challenge.$id, otp);
  await world.refused(() => answer(wrong), 401, 'user_invalid_token');
  await world.refused(() => account.get(), 401, 'user_more_factors_required');
  const session = await answer(code);
  assert.deepEqual([...session.factors], ['password', 'email']);
  assert.notEqual(session.mfaUpdatedAt, '');
  assert.equal((await account.get()).email, user.email);
  await world.refused(() => answer(code), 401, 'user_invalid_token');
}

/** What every version does to sign in. */
export const signInFlows = {
  'completes a sign-in with a code by e-mail': (world) => signInByMail(world),

  'completes a sign-in at an endpoint with a trailing slash': (world) =>
    signInByMail(world, { endpoint: `${world.origin}/v1/` }),

  'completes a sign-in without any mark of a browser': (world) =>
    signInByMail(world, { marks: false }),

  async 'completes a sign-in with a code by SMS'(world) {
    const phone = '+14155552671';
    const user = await world.addUser({ phone, phoneVerified: true });
    await (await world.signIn(user)).account.updateMFA(true);

    const { account } = await world.signInPending(user);
    const factors = await account.listMfaFactors();
    assert.deepEqual([factors.totp, factors.email, factors.phone], [false, false, true]);
    const { $id } = await account.createMfaChallenge(world.sdk.AuthenticationFactor.Phone);
    const code = await world.textedCode(phone);
    const session = await account.updateMfaChallenge($id, code);
    assert.deepEqual([...session.factors], ['password', 'phone']);
    assert.equal((await account.get()).phone, phone);
    await world.refused(() => account.updateMfaChallenge($id, code), 401, 'user_invalid_token');
  },

  async 'enrolls an authenticator app and completes a sign-in with it, each step once'(world) {
    const { AuthenticationFactor, AuthenticatorType } = world.sdk;
    const user = await world.addUser();
    const first = (await world.signIn(user)).account;
    const { secret, uri } = await first.createMfaAuthenticator(AuthenticatorType.Totp);
    assert.ok(uri.startsWith('otpauth://totp/') && uri.includes(`secret=${secret}`));
    assert.equal((await first.listMfaFactors()).totp, false);
    const enrolling = await world.appCode(secret);
    const confirmed = await first.updateMfaAuthenticator(AuthenticatorType.Totp, enrolling);
    assert.equal(confirmed.$id, user.id);
    assert.equal((await first.updateMFA(true)).mfa, true);

    const { account } = await world.signInPending(user);
    const factors = await account.listMfaFactors();
    assert.deepEqual([factors.totp, factors.email, factors.phone], [true, false, false]);
    const prove = async (otp) => {
      const { $id } = await account.createMfaChallenge(AuthenticationFactor.Totp);
      return account.updateMfaChallenge($id, otp);
    };
    await world.refused(() => prove(enrolling), 401, 'user_invalid_token');
    await world.forward(30_000);
    const next = await world.appCode(secret);
    assert.deepEqual([...(await prove(next)).factors], ['password', 'totp']);
    assert.equal((await account.get()).$id, user.id);
    await world.refused(() => prove(next), 401, 'user_invalid_token');
  },

  async "sets MFA up in the order of Appwrite's guide: recovery codes, app, switch"(world) {
    const { AuthenticatorType } = world.sdk;
    const { account } = await world.signIn(await world.addUser());
    const { recoveryCodes } = await account.createMfaRecoveryCodes();
    assert.equal(recoveryCodes.length, 10);
    const { secret } = await account.createMfaAuthenticator(AuthenticatorType.Totp);
    await account.updateMfaAuthenticator(AuthenticatorType.Totp, await world.appCode(secret));
    assert.equal((await account.updateMFA(true)).mfa, true);
    const { totp, recoveryCode } = await account.listMfaFactors();
    assert.deepEqual([totp, recoveryCode], [true, true]);
  },

  async "completes a sign-in with a recovery code under the SDK's own name, once"(world) {
    const { Recoverycode } = world.sdk.AuthenticationFactor;
    assert.equal(Recoverycode, 'recoverycode');
    const user = await userWithMailbox(world);
    const first = (await world.signInPending(user)).account;
    const { $id } = await first.createMfaChallenge('email');
    await first.updateMfaChallenge($id, await world.mailedCode(user.email));
    const { recoveryCodes } = await first.createMfaRecoveryCodes();
    assert.equal(new Set(recoveryCodes).size, 10);

    const { account } = await world.signInPending(user);
    assert.equal((await account.listMfaFactors()).recoveryCode, true);
    const prove = async (code) => {
      const challenge = await account.createMfaChallenge(Recoverycode);
      return account.updateMfaChallenge(challenge.$id, code);
    };
    assert.deepEqual([...(await prove(recoveryCodes[0])).factors], ['password', 'recoveryCode']);
    await account.get();
    await world.refused(() => prove(recoveryCodes[0]), 401, 'user_invalid_token');

    assert.deepEqual([...(await account.getMfaRecoveryCodes()).recoveryCodes], []);
    const renewed = (await account.updateMfaRecoveryCodes()).recoveryCodes;
    await world.refused(() => prove(recoveryCodes[1]), 401, 'user_invalid_token');
    await prove(renewed[1]);
  },

  async 'says that a session is there already, or waits for its factor'(world) {
    const user = await userWithMailbox(world);
    const { account } = await world.signInPending(user);
    const again = () => account.createEmailPasswordSession(user.email, user.password);
    await world.refused(again, 401, 'user_more_factors_required');
    const { $id } = await account.createMfaChallenge('email');
    await account.updateMfaChallenge($id, await world.mailedCode(user.email));
    await world.refused(again, 401, 'user_session_already_exists');
  },

  async 'refuses a wrong password'(world) {
    const user = await world.addUser();
    const { account } = world.open();
    await world.refused(
      () => account.createEmailPasswordSession(user.email, 'another password'),
      401,
      'user_invalid_credentials',
    );
    await world.refused(() => account.get(), 401, 'general_unauthorized_scope');
  },

  async 'logs out, completed or pending'(world) {
    const user = await userWithMailbox(world);
    const pending = (await world.signInPending(user)).account;
    await pending.deleteSession('current');
    await world.refused(() => pending.get(), 401, 'general_unauthorized_scope');

    const { account } = await world.signIn(await world.addUser());
    await account.get();
    assert.equal((await account.deleteSession('current')).message, '');
    await world.refused(() => account.get(), 401, 'general_unauthorized_scope');
  },
};
