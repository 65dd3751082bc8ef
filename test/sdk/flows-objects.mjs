import assert from 'node:assert/strict';

/** What versions from 19 on do: new names, and one object in the place of arguments. */
export const namedFlows = {
  async 'runs the whole flow under the newer names, with one object of parameters'(world) {
    const { AuthenticationFactor, AuthenticatorType } = world.sdk;
    const user = await world.addUser();
    const first = world.open().account;
    await first.createEmailPasswordSession({ email: user.email, password: user.password });
    const type = AuthenticatorType.Totp;
    const { secret } = await first.createMFAAuthenticator({ type });
    await first.updateMFAAuthenticator({ type, otp: await world.appCode(secret) });
    const { recoveryCodes } = await first.createMFARecoveryCodes();
    assert.equal((await first.updateMFA({ mfa: true })).mfa, true);

    const { account } = await world.signInPending(user);
    const { totp, recoveryCode } = await account.listMFAFactors();
    assert.deepEqual([totp, recoveryCode], [true, true]);
    await world.forward(30_000);
    const challenge = await account.createMFAChallenge({ factor: AuthenticationFactor.Totp });
    const otp = await world.appCode(secret);
    await account.updateMFAChallenge({ challengeId: challenge.$id, otp });
    assert.equal((await account.get()).mfa, true);

    assert.deepEqual([...(await account.getMFARecoveryCodes()).recoveryCodes], []);
    const renewed = await account.updateMFARecoveryCodes();
    assert.ok(!renewed.recoveryCodes.includes(recoveryCodes[0]));
    assert.equal((await account.getSession({ sessionId: 'current' })).current, true);
    await account.deleteMFAAuthenticator({ type });
    await account.deleteSession({ sessionId: 'current' });
    await world.refused(() => account.get(), 401, 'general_unauthorized_scope');
  },
};

/** What versions before 19 send for an object: a parameter inside itself. */
export const nestedFlows = {
  async 'is told what is wrong with an object in the place of an argument'(world) {
    const { account } = await world.signIn(await world.addUser());
    const invalid = (call) => world.refused(call, 400, 'general_argument_invalid');
    await invalid(() => account.createMfaChallenge({ factor: 'totp' }));
    await invalid(() => account.updateMFA({ mfa: true }));
    await invalid(() => account.updateMfaChallenge({ challengeId: 'a' }, '123456'));
    await invalid(() => account.createMfaAuthenticator({ type: 'totp' }));
    const unknown = (call) => world.refused(call, 404, 'user_session_not_found');
    await unknown(() => account.getSession({ sessionId: 'current' }));
    await unknown(() => account.deleteSession({ sessionId: 'current' }));
    await account.get();
  },
};
