import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import {
  expectError,
  mailed,
  newcomer,
  otherThan,
  pending,
  signIn,
  texted,
} from '../support/sdk-story.ts';

const SESSIONS = '/v1/account/sessions/email';
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/;
const NUMBER = '+14155552671';

/** Appwrite's own end-to-end cases for the first step, contact data and sessions. */
describe.each(EXPRESS_NAMES)("Appwrite's account cases on %s", (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  it('leaves the creation of accounts to the host', async () => {
    const answered = await host.client().post('/v1/account', { userId: 'unique()' });
    expect(answered.status).toBe(404);
    expect(answered.headers['content-type']).toMatch(/^text\/html/);
  });

  describe('creating a session', () => {
    it.each([SESSIONS, '/v1/account/sessions'])('signs in at %s', async (path) => {
      const { email, password, id } = host.addUser();
      const page = host.client();
      const { body } = await page.post(path, { email, password }).expect(201);
      expect(body).toMatchObject({ userId: id, provider: 'email', secret: '', current: true });
      expect((body as { expire: string }).expire).toMatch(DATE);
      expect((await page.get('/v1/account').expect(200)).body).toMatchObject({ $id: id, email });
    });

    it('is refused while a session is live', async () => {
      const { page, user } = await newcomer(host);
      const { email, password } = user;
      const again = await page.post(SESSIONS, { email, password });
      expectError(again, 401, 'user_session_already_exists');
    });

    it.each([
      ['address', { email: 'nobody@example.com' }],
      ['password', { password: 'another one' }],
    ])('is refused with a wrong %s', async (_what, wrong) => {
      const { email, password } = host.addUser();
      const page = host.client();
      const refused = await page.post(SESSIONS, { email, password, ...wrong });
      expectError(refused, 401, 'user_invalid_credentials');
      expectError(await page.get('/v1/account'), 401, 'general_unauthorized_scope');
    });

    it.each(['email', 'password'])('is refused with an empty %s', async (param) => {
      const { email, password } = host.addUser();
      const refused = await host.client().post(SESSIONS, { email, password, [param]: '' });
      expectError(refused, 400, 'general_argument_invalid');
    });
  });

  describe('reading the account', () => {
    it('is refused without a cookie and with one that was tampered with', async () => {
      expectError(await host.client().get('/v1/account'), 401, 'general_unauthorized_scope');
      const { email, password } = host.addUser();
      const session = await host.client().post(SESSIONS, { email, password }).expect(201);
      const [cookie = ''] = session.headers['set-cookie'] as unknown as string[];
      const pair = cookie.split(';')[0] ?? '';
      await host.client().get('/v1/account').set('cookie', pair).expect(200);
      const tampered = await host.client().get('/v1/account').set('cookie', `${pair}xx`);
      expectError(tampered, 401, 'general_unauthorized_scope');
    });
  });

  describe('confirming the address', () => {
    it('sends a mail and takes its code, for this user only', async () => {
      const { page, user } = await newcomer(host);
      const path = '/v1/account/verification';
      const { body } = await page.post(path, { url: 'http://localhost/verify' }).expect(201);
      expect(body).toMatchObject({ userId: user.id, secret: '' });
      expect((body as { expire: string }).expire).toMatch(DATE);
      const secret = mailed(host, user);

      const nobody = await page.put(path, { userId: 'ewewe', secret });
      expectError(nobody, 404, 'user_not_found');
      const wrong = await page.put(path, { userId: user.id, secret: otherThan(secret) });
      expectError(wrong, 401, 'user_invalid_token');
      await page.put(path, { userId: user.id, secret }).expect(200);
      const account = await page.get('/v1/account').expect(200);
      expect(account.body).toMatchObject({ emailVerification: true });
    });
  });

  describe('confirming the number', () => {
    it('sends a text and takes its code, for this user only', async () => {
      const { page, user } = await newcomer(host, { phone: NUMBER });
      const path = '/v1/account/verification/phone';
      const { body } = await page.post(path).expect(201);
      expect(body).toMatchObject({ userId: user.id, secret: '' });
      const secret = texted(host, NUMBER);

      expectError(await page.put(path, { userId: 'ewewe', secret }), 404, 'user_not_found');
      const wrong = await page.put(path, { userId: user.id, secret: otherThan(secret) });
      expectError(wrong, 401, 'user_invalid_token');
      await page.put(path, { userId: user.id, secret }).expect(200);
      const account = await page.get('/v1/account').expect(200);
      expect(account.body).toMatchObject({ phoneVerification: true });
    });
  });

  describe('changing the number', () => {
    it('takes it, unproved, with the password', async () => {
      const { page, user } = await newcomer(host, { phone: '+14155552672', phoneVerified: true });
      const { password } = user;
      const changed = await page.patch('/v1/account/phone', { phone: NUMBER, password });
      expect(changed.status).toBe(200);
      expect(changed.body).toMatchObject({ phone: NUMBER, phoneVerification: false });
    });

    it('is refused without a session, whatever the body, and without a body', async () => {
      const guest = await host.client().patch('/v1/account/phone');
      expectError(guest, 401, 'general_unauthorized_scope');
      const empty = await (await newcomer(host)).page.patch('/v1/account/phone');
      expectError(empty, 400, 'general_argument_invalid');
    });
  });

  describe('deleting sessions', () => {
    const current = async (page: Awaited<ReturnType<typeof signIn>>) =>
      ((await page.get('/v1/account/sessions/current').expect(200)).body as { $id: string }).$id;

    it('ends another session and leaves this one', async () => {
      const { page, user } = await newcomer(host);
      const other = await signIn(host, user);
      await page.delete(`/v1/account/sessions/${await current(other)}`).expect(204);
      expectError(await other.get('/v1/account'), 401, 'general_unauthorized_scope');
      await page.get('/v1/account').expect(200);
    });

    it.each(['current', 'its id'])('ends this session by %s and leaves the other', async (by) => {
      const { page, user } = await newcomer(host);
      const other = await signIn(host, user);
      const id = by === 'current' ? by : await current(page);
      await page.delete(`/v1/account/sessions/${id}`).expect(204);
      expectError(await page.get('/v1/account'), 401, 'general_unauthorized_scope');
      await other.get('/v1/account').expect(200);
    });

    it('ends all', async () => {
      const { page, user } = await newcomer(host);
      const other = await signIn(host, user);
      await page.delete('/v1/account/sessions').expect(204);
      for (const ended of [page, other]) {
        expectError(await ended.get('/v1/account'), 401, 'general_unauthorized_scope');
      }
    });

    it('ends a session that still lacks a factor', async () => {
      const { page } = await pending(host);
      await page.delete('/v1/account/sessions/current').expect(204);
      expectError(await page.get('/v1/account'), 401, 'general_unauthorized_scope');
    });
  });
});
