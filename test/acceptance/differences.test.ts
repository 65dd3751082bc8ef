import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { Client, HostUser, MatrixHost } from '../support/matrix-host.ts';
import {
  answer,
  completed,
  expectError,
  guarded,
  mailed,
  makeCodes,
  newcomer,
  open,
  signIn,
  texted,
} from '../support/sdk-story.ts';

const CODES = '/v1/account/mfa/recovery-codes';
const TOTP = '/v1/account/mfa/authenticators/totp';
const MINUTE = 60_000;

/** Where the rest differs from Appwrite on purpose. */
describe.each(EXPRESS_NAMES)('the differences on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  describe('a recent challenge', () => {
    /** What a user with a second factor cannot change without one. */
    const CHANGES: readonly (readonly [string, (page: Client) => ReturnType<Client['get']>])[] = [
      ['switch MFA off', (page) => page.patch('/v1/account/mfa', { mfa: false })],
      ['add an authenticator', (page) => page.post(TOTP)],
      ['make recovery codes', (page) => page.post(CODES)],
      ['read how many recovery codes are left', (page) => page.get(CODES)],
      ['replace recovery codes', (page) => page.patch(CODES)],
      ['remove an authenticator', (page) => page.delete(TOTP)],
      ['confirm another number', (page) => page.post('/v1/account/verifications/phone')],
    ];

    it.each(CHANGES)('is needed to %s', async (_what, change) => {
      const { page } = await guarded(host);
      expectError(await change(page), 401, 'user_challenge_required');
      await answer(page, await open(page, 'email'), await latest(page)).expect(200);
      expect((await change(page)).status).not.toBe(401);
    });

    it('is recent for ten minutes, and not longer', async () => {
      const { page } = await completed(host);
      host.clock.forward(10 * MINUTE - 1);
      await page.post(TOTP).expect(200);
      host.clock.forward(1);
      expectError(await page.post(TOTP), 401, 'user_challenge_required');
    });

    it('is not needed for the first authenticator, if the first factor is as recent', async () => {
      const { page } = await newcomer(host);
      host.clock.forward(10 * MINUTE - 1);
      await page.post(TOTP).expect(200);
      host.clock.forward(1);
      expectError(await page.post(TOTP), 401, 'user_challenge_required');
    });

    it('is not needed to switch MFA on', async () => {
      const { page } = await newcomer(host, { emailVerified: true });
      host.clock.forward(20 * MINUTE);
      const { body } = await page.patch('/v1/account/mfa', { mfa: true }).expect(200);
      expect(body).toMatchObject({ mfa: true });
      await page.get('/v1/account').expect(200);
    });

    async function latest(page: Client): Promise<string> {
      const { body } = await page.get('/v1/account').expect(200);
      return mailed(host, body as HostUser);
    }
  });

  describe('MFA that is on', () => {
    it('asks every other session of the user at once', async () => {
      const { page, user } = await newcomer(host, { emailVerified: true });
      const other = await signIn(host, user);
      await other.get('/v1/account').expect(200);
      await page.patch('/v1/account/mfa', { mfa: true }).expect(200);
      expectError(await other.get('/v1/account'), 401, 'user_more_factors_required');
    });

    it('stays on for a user whose last factor the host vouches for no longer', async () => {
      const { user } = await guarded(host);
      host.users.set(user.id, { ...user, emailVerified: false });
      const page = await signIn(host, user);
      expectError(await page.get('/v1/account'), 401, 'user_more_factors_required');
      const { body } = await page.get('/v1/account/mfa/factors').expect(200);
      expect(body).toMatchObject({ totp: false, email: false, phone: false });
    });

    it('lets such a user in with a recovery code', async () => {
      const { page: first, user } = await completed(host);
      const [code] = await makeCodes(first);
      host.users.set(user.id, { ...user, emailVerified: false });
      const page = await signIn(host, user);
      expectError(await page.get('/v1/account'), 401, 'user_more_factors_required');
      await answer(page, await open(page, 'recoverycode'), code).expect(200);
      await page.get('/v1/account').expect(200);
    });

    it('asks nothing of a user who has nothing but recovery codes', async () => {
      const { page: first, user } = await newcomer(host);
      await makeCodes(first);
      await first.patch('/v1/account/mfa', { mfa: true }).expect(200);
      const page = await signIn(host, user);
      await page.get('/v1/account').expect(200);
    });
  });

  describe("a login by the host's own means", () => {
    it.each(['oauth2', 'webauthn-of-the-host'])('is one factor: %s', async (factor) => {
      const { user } = await guarded(host);
      const page = host.client();
      const { body } = await page.post(`/login/${factor}/${user.id}`).expect(200);
      expect(body).toEqual({ complete: false });
      expectError(await page.get('/v1/account'), 401, 'user_more_factors_required');
      await answer(page, await open(page, 'email'), mailed(host, user)).expect(200);
      await page.get('/v1/account').expect(200);
    });

    it('by e-mail switches on no MFA that nothing but e-mail could answer [THR-7]', async () => {
      const user = host.addUser({ emailVerified: true });
      const page = host.client();
      const { body } = await page.post(`/login/email/${user.id}`).expect(200);
      expect(body).toEqual({ complete: true });
      const refused = await page.patch('/v1/account/mfa', { mfa: true });
      expectError(refused, 401, 'user_more_factors_required');
      await page.get('/v1/account').expect(200);
    });

    it('by e-mail cannot be completed by e-mail', async () => {
      const phone = '+14155552671';
      const { user } = await guarded(host, { phone, phoneVerified: true });
      const page = host.client();
      await page.post(`/login/email/${user.id}`).expect(200);
      const { body } = await page.get('/v1/account/mfa/factors').expect(200);
      expect(body).toMatchObject({ email: false, phone: true });
      const refused = await page.post('/v1/account/mfa/challenges', { factor: 'email' });
      expectError(refused, 400, 'general_argument_invalid');
      await answer(page, await open(page, 'phone'), texted(host, phone)).expect(200);
      await page.get('/v1/account').expect(200);
    });
  });

  describe('what is ours', () => {
    it('lists, names and removes single authenticators, the address masked', async () => {
      const { page, user } = await completed(host);
      await page.post('/v1/account/mfa/authenticators/email', { email: 'ada@second.example' });
      const code = /\d{6}/.exec(host.inbox.lastCodeTo('ada@second.example').text)?.[0];
      await page.put('/v1/account/mfa/authenticators/email', { otp: code }).expect(200);
      const list = async () =>
        (await page.get('/v1/account/mfa/authenticators').expect(200)).body as {
          total: number;
          authenticators: Record<string, string>[];
        };
      const { total, authenticators } = await list();
      expect(total).toBe(2);
      const added = authenticators.find(({ origin }) => origin === 'enrolled');
      expect(added).toMatchObject({ type: 'email', hint: 'a••••@second.example' });
      expect(JSON.stringify(authenticators)).not.toContain(user.email);

      const path = `/v1/account/mfa/authenticators/${added?.$id}`;
      const renamed = await page.patch(path, { name: 'Second mailbox' }).expect(200);
      expect(renamed.body).toMatchObject({ $id: added?.$id, name: 'Second mailbox' });
      await page.delete(path).expect(204);
      expect((await list()).total).toBe(1);
    });

    it('counts what the host vouches for, without enrolling it', async () => {
      const vouched = { emailVerified: true, phone: '+14155552671', phoneVerified: true };
      const { page } = await newcomer(host, vouched);
      const { body } = await page.get('/v1/account/mfa/factors').expect(200);
      expect(body).toMatchObject({ totp: false, email: true, phone: true });
    });

    it('takes the confirmation of an address from the session that asked only', async () => {
      const { page, user } = await newcomer(host);
      await page.post('/v1/account/verifications/email').expect(201);
      const secret = { userId: user.id, secret: mailed(host, user) };
      const guest = await host.client().put('/v1/account/verifications/email', secret);
      expectError(guest, 401, 'general_unauthorized_scope');
      const other = await signIn(host, user);
      const elsewhere = await other.put('/v1/account/verifications/email', secret);
      expectError(elsewhere, 401, 'user_invalid_token');
      await page.put('/v1/account/verifications/email', secret).expect(200);
    });
  });
});
