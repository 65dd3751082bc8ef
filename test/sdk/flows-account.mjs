import assert from 'node:assert/strict';

/** What every version does with an account that is signed in. */
const common = {
  async 'confirms a new phone number, which is a factor from then on'(world) {
    const user = await world.addUser();
    const { account } = await world.signIn(user);
    const phone = '+14155552672';
    const changed = await account.updatePhone(phone, user.password);
    assert.deepEqual([changed.phone, changed.phoneVerification], [phone, false]);
    const refused = () => account.updatePhone(phone, 'another password');
    await world.refused(refused, 401, 'user_invalid_credentials');

    const token = await account.createPhoneVerification();
    assert.deepEqual([token.userId, token.secret], [user.id, '']);
    const code = await world.textedCode(phone);
    const wrong = code === '111111' ? '222222' : '111111';
    const confirm = (secret) => account.updatePhoneVerification(user.id, secret);
    await world.refused(() => confirm(wrong), 401, 'user_invalid_token');
    assert.equal((await confirm(code)).userId, user.id);
    await world.refused(() => confirm(code), 401, 'user_invalid_token');
    assert.equal((await account.get()).phoneVerification, true);
    assert.equal((await account.listMfaFactors()).phone, true);
  },

  async 'confirms the address of the account by a code'(world) {
    const user = await world.addUser();
    const { account } = await world.signIn(user);
    await account.createVerification(`${world.origin}/verify`);
    const code = await world.mailedCode(user.email);
    await account.updateVerification(user.id, code);
    assert.equal((await account.get()).emailVerification, true);
    assert.equal((await account.listMfaFactors()).email, true);
  },

  async 'deletes the authenticator after a recent challenge'(world) {
    const { AuthenticatorType } = world.sdk;
    const { account } = await world.signIn(await world.addUser());
    const { secret } = await account.createMfaAuthenticator(AuthenticatorType.Totp);
    await account.updateMfaAuthenticator(AuthenticatorType.Totp, await world.appCode(secret));
    // Versions before 16 demand the code, and send it; later ones leave it out.
    const remove = async () =>
      account.deleteMfaAuthenticator(AuthenticatorType.Totp, await world.appCode(secret));
    await world.refused(remove, 401, 'user_challenge_required');

    await world.forward(30_000);
    const { $id } = await account.createMfaChallenge('totp');
    await account.updateMfaChallenge($id, await world.appCode(secret));
    assert.equal((await remove()).message, '');
    assert.equal((await account.listMfaFactors()).totp, false);
    await world.refused(remove, 404, 'user_authenticator_not_found');
  },

  async 'lists the sessions and ends another, then all'(world) {
    const user = await world.addUser();
    const laptop = await world.signIn(user);
    const phone = await world.signIn(user);
    const { total, sessions } = await phone.account.listSessions();
    assert.equal(total, 2);
    const [own, other] = [true, false].map((is) => sessions.find(({ current }) => current === is));
    assert.equal((await phone.account.getSession('current')).$id, own.$id);
    assert.equal((await phone.account.getSession(other.$id)).current, false);

    await phone.account.deleteSession(other.$id);
    await world.refused(() => phone.account.getSession(other.$id), 404, 'user_session_not_found');
    world.show(laptop);
    await world.refused(() => laptop.account.get(), 401, 'general_unauthorized_scope');

    world.show(phone);
    await phone.account.get();
    await phone.account.deleteSessions();
    await world.refused(() => phone.account.get(), 401, 'general_unauthorized_scope');
  },
};

/** Codes by e-mail have calls of their own since version 28. */
const byOtp = {
  async 'confirms the address of the account by the calls for codes'(world) {
    const user = await world.addUser();
    const { account } = await world.signIn(user);
    const token = await account.createEmailVerificationOTP();
    assert.deepEqual([token.userId, token.secret], [user.id, '']);
    const secret = await world.mailedCode(user.email);
    await account.updateEmailVerificationOTP({ userId: user.id, secret });
    assert.equal((await account.get()).emailVerification, true);
  },
};

export function accountFlows(methods) {
  return { ...common, ...('createEmailVerificationOTP' in methods ? byOtp : {}) };
}
