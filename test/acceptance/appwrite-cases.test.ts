import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import {
  answer,
  enrollApp,
  expectError,
  makeCodes,
  newcomer,
  open,
  otherThan,
} from '../support/sdk-story.ts';
import { totpAt } from '../support/sdk-totp.ts';

const TOTP = '/v1/account/mfa/authenticators/totp';
const CODES = '/v1/account/mfa/recovery-codes';
const FACTORS = '/v1/account/mfa/factors';

/** Appwrite's own end-to-end cases for factors, authenticators and recovery codes. */
describe.each(EXPRESS_NAMES)("Appwrite's MFA cases on %s", (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  it.each(['recoveryCode', 'recoverycode'])(
    'completes a challenge named %s with a recovery code, once',
    async (factor) => {
      const { page } = await newcomer(host);
      const [code] = await makeCodes(page);
      const session = await answer(page, await open(page, factor), code).expect(200);
      expect(session.body).toMatchObject({ factors: ['password', 'recoveryCode'] });

      const again = await answer(page, await open(page, factor), code);
      expectError(again, 401, 'user_invalid_token');
      const invalid = await answer(page, await open(page, factor), 'invalid-code-123');
      expectError(invalid, 401, 'user_invalid_token');
    },
  );

  it('replaces recovery codes only after a recent challenge', async () => {
    const { page } = await newcomer(host);
    const codes = await makeCodes(page);
    expectError(await page.patch(CODES), 401, 'user_challenge_required');

    const session = await answer(page, await open(page, 'recoveryCode'), codes[0]).expect(200);
    expect(session.body).toMatchObject({ mfaUpdatedAt: expect.stringMatching(/./) as string });
    const replaced = await page.patch(CODES).expect(200);
    const { recoveryCodes } = replaced.body as { recoveryCodes: string[] };
    expect(recoveryCodes).toHaveLength(codes.length);
    expect(recoveryCodes.filter((code) => codes.includes(code))).toEqual([]);
  });

  it('deletes an authenticator only after a recent challenge, and enrolling it is none', async () => {
    const { page } = await newcomer(host);
    const enrolling = await page.post(TOTP).expect(200);
    const { secret } = enrolling.body as { secret: string };
    const [code] = await makeCodes(page);
    await page.put(TOTP, { otp: totpAt(secret, host.clock.now) }).expect(200);
    expectError(await page.delete(TOTP), 401, 'user_challenge_required');

    await answer(page, await open(page, 'recoveryCode'), code).expect(200);
    await page.delete(TOTP).expect(204);
  });

  it('takes an authenticator from enrolling to removal', async () => {
    const { page } = await newcomer(host);
    const totp = async () => ((await page.get(FACTORS).expect(200)).body as { totp: boolean }).totp;
    expect(await totp()).toBe(false);
    const enrolling = await page.post(TOTP).expect(200);
    const { secret, uri } = enrolling.body as { secret: string; uri: string };
    expect(uri).toContain(`secret=${secret}`);
    expect(await totp()).toBe(false);

    const code = totpAt(secret, host.clock.now);
    expectError(await page.put(TOTP, { otp: otherThan(code) }), 401, 'user_invalid_token');
    await page.put(TOTP, { otp: code }).expect(200);
    expect(await totp()).toBe(true);
    expectError(await page.post(TOTP), 409, 'user_authenticator_already_verified');

    host.clock.forward(30_000);
    const id = await open(page, 'totp');
    const next = totpAt(secret, host.clock.now);
    expectError(await answer(page, id, otherThan(next)), 401, 'user_invalid_token');
    const session = await answer(page, id, next).expect(200);
    expect(session.body).toMatchObject({ factors: ['password', 'totp'] });
    expect((session.body as { mfaUpdatedAt: string }).mfaUpdatedAt).not.toBe('');
    await page.delete(TOTP).expect(204);
    expect(await totp()).toBe(false);
    expectError(await page.delete(TOTP), 404, 'user_authenticator_not_found');
  });

  it('completes a sign-in by e-mail and password with an authenticator', async () => {
    const { page, user } = await newcomer(host);
    const secret = await enrollApp(host, page);
    const switched = await page.patch('/v1/account/mfa', { mfa: true }).expect(200);
    expect(switched.body).toMatchObject({ mfa: true });

    const login = host.client();
    const { email, password } = user;
    const session = await login.post('/v1/account/sessions/email', { email, password }).expect(201);
    expect(session.body).toMatchObject({ factors: ['password'], mfaUpdatedAt: '' });
    expect(session.headers['set-cookie']).toHaveLength(1);
    expectError(await login.get('/v1/account'), 401, 'user_more_factors_required');

    const id = await open(login, 'totp');
    const proved = await answer(login, id, totpAt(secret, host.clock.now)).expect(200);
    expect(proved.body).toMatchObject({ factors: ['password', 'totp'] });
    expect((proved.body as { mfaUpdatedAt: string }).mfaUpdatedAt).not.toBe('');
    const account = await login.get('/v1/account').expect(200);
    expect(account.body).toMatchObject({ $id: user.id });
  });

  it('knows no custom factor', async () => {
    const { page } = await newcomer(host);
    expect((await page.get(FACTORS).expect(200)).body).toMatchObject({ custom: false });
    const refused = await page.post('/v1/account/mfa/challenges', { factor: 'custom' });
    expectError(refused, 400, 'general_argument_invalid');
  });
});
