import type { Response } from 'supertest';

import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import {
  answer,
  completed,
  enrollApp,
  mailed,
  makeCodes,
  newcomer,
  open,
  pending,
  texted,
} from '../support/sdk-story.ts';
import { totpAt } from '../support/sdk-totp.ts';

const DATE = expect.stringMatching(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/,
) as unknown as string;
const NUMBER = '+14155552671';
const ID = expect.stringMatching(/^[A-Za-z0-9_-]{16,}$/) as unknown as string;

/** What a session holds in Appwrite and is not known here. */
const UNKNOWN = Object.fromEntries(
  [
    'providerUid providerAccessToken providerAccessTokenExpiry providerRefreshToken ip osCode',
    'osName osVersion clientType clientCode clientName clientVersion clientEngine',
    'clientEngineVersion deviceName deviceBrand deviceModel countryCode countryName',
  ]
    .flatMap((line) => line.split(' '))
    .map((key) => [key, '']),
);

const SESSION = {
  $id: ID,
  $createdAt: DATE,
  $updatedAt: DATE,
  expire: DATE,
  provider: 'email',
  ...UNKNOWN,
  secret: '',
};

function model(response: Response, status: number): Record<string, unknown> {
  expect(response.body).not.toHaveProperty('type');
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toMatch(/^application\/json\b/);
  expect(response.headers['cache-control']).toBe('no-store');
  expect(response.headers).not.toHaveProperty('x-appwrite-warning');
  return response.body as Record<string, unknown>;
}

describe.each(EXPRESS_NAMES)('the models on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  it('show a user with every key of the Account, and no password', async () => {
    const { page, user } = await newcomer(host, { phone: NUMBER });
    const { id, email, phone, name } = user;
    expect(model(await page.get('/v1/account'), 200)).toEqual({
      $id: id,
      $createdAt: DATE,
      $updatedAt: DATE,
      name,
      registration: DATE,
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
          $id: expect.stringMatching(/./) as unknown,
          $createdAt: DATE,
          $updatedAt: DATE,
          name: '',
          userId: id,
          providerId: null,
          providerType: 'email',
          identifier: email,
          expired: false,
        },
      ],
      accessedAt: DATE,
      impersonator: false,
      impersonatorUserId: null,
    });
  });

  it('show a user of whom the host knows nothing but the id with the same keys', async () => {
    const { page, user } = await newcomer(host);
    const full = model(await page.get('/v1/account'), 200);
    const { id, password } = user;
    host.users.set(id, { id, password } as typeof user);
    const bare = model(await page.get('/v1/account'), 200);
    expect(Object.keys(bare)).toEqual(Object.keys(full));
    expect(bare).toMatchObject({ name: '', email: '', phone: '', targets: [], $createdAt: DATE });
  });

  it('show a new session with every key of the Session', async () => {
    const { email, password, id } = host.addUser();
    const made = await host.client().post('/v1/account/sessions/email', { email, password });
    expect(model(made, 201)).toEqual({
      ...SESSION,
      userId: id,
      current: true,
      factors: ['password'],
      mfaUpdatedAt: '',
    });
  });

  it('show a completed session with the same keys, and say when', async () => {
    const { page, user } = await pending(host);
    const id = await open(page, 'email');
    const code = mailed(host, user);
    expect(model(await answer(page, id, code), 200)).toEqual({
      ...SESSION,
      userId: user.id,
      current: true,
      factors: ['password', 'email'],
      mfaUpdatedAt: DATE,
    });
  });

  it('list sessions with a total', async () => {
    const { page, user } = await completed(host);
    const { total, sessions } = model(await page.get('/v1/account/sessions'), 200);
    expect(total).toBe(2);
    const keys = Object.keys({
      ...SESSION,
      userId: '',
      current: '',
      factors: '',
      mfaUpdatedAt: '',
    });
    for (const session of sessions as Record<string, unknown>[]) {
      expect(Object.keys(session).toSorted()).toEqual(keys.toSorted());
      expect(session).toMatchObject({ userId: user.id, secret: '' });
    }
    expect((sessions as { current: boolean }[]).filter(({ current }) => current)).toHaveLength(1);
  });

  it('show of a challenge neither its factor nor its code', async () => {
    const { page, user } = await pending(host);
    const made = await page.post('/v1/account/mfa/challenges', { factor: 'email' });
    expect(model(made, 201)).toEqual({
      $id: ID,
      $createdAt: DATE,
      userId: user.id,
      expire: DATE,
    });
  });

  it('show every factor, and only true or false', async () => {
    const { page } = await newcomer(host, { emailVerified: true });
    expect(model(await page.get('/v1/account/mfa/factors'), 200)).toEqual({
      totp: false,
      phone: false,
      email: true,
      recoveryCode: false,
      custom: false,
    });
  });

  it('show the secret of a new authenticator app and its URI, and the user once it is confirmed', async () => {
    const { page, user } = await newcomer(host);
    const path = '/v1/account/mfa/authenticators/totp';
    const { secret, uri } = model(await page.post(path), 200);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const { protocol, host: kind, searchParams } = new URL(String(uri));
    expect([protocol, kind]).toEqual(['otpauth:', 'totp']);
    expect(searchParams.get('secret')).toBe(secret);
    expect(searchParams.get('issuer')).toBe('Acme');
    const otp = totpAt(String(secret), host.clock.now);
    expect(model(await page.put(path, { otp }), 200)).toMatchObject({ $id: user.id, prefs: {} });
  });

  it('show recovery codes once, and after that how many are left', async () => {
    const { page } = await completed(host);
    const made = model(await page.post('/v1/account/mfa/recovery-codes'), 201);
    expect(Object.keys(made)).toEqual(['recoveryCodes']);
    expect(made.recoveryCodes).toHaveLength(10);
    expect(model(await page.get('/v1/account/mfa/recovery-codes'), 200)).toEqual({
      recoveryCodes: [],
      remaining: 10,
    });
  });

  it.each(['email', 'phone'])(
    'show a token for the confirmation by %s without its secret',
    async (kind) => {
      const { page, user } = await newcomer(host, { phone: NUMBER });
      const path = `/v1/account/verifications/${kind}`;
      const token = {
        $id: ID,
        $createdAt: DATE,
        userId: user.id,
        secret: '',
        expire: DATE,
        phrase: '',
      };
      expect(model(await page.post(path), 201)).toEqual(token);
      const secret = kind === 'email' ? mailed(host, user) : texted(host, NUMBER);
      expect(model(await page.put(path, { userId: user.id, secret }), 200)).toEqual(token);
    },
  );

  it('tell the time of the host in every date', async () => {
    const { page } = await newcomer(host);
    const now = new Date(host.clock.now).toISOString().replace('Z', '+00:00');
    const current = model(await page.get('/v1/account/sessions/current'), 200);
    expect(current).toMatchObject({ $createdAt: now });
    const expire = new Date(host.clock.now + 86_400_000).toISOString().replace('Z', '+00:00');
    expect(current).toMatchObject({ expire });
  });

  it('are nothing at all when something was deleted', async () => {
    const { page } = await newcomer(host);
    await enrollApp(host, page);
    const [code] = await makeCodes(page);
    await answer(page, await open(page, 'recoveryCode'), code).expect(200);
    for (const path of ['mfa/authenticators/totp', 'sessions/current']) {
      const deleted = await page.delete(`/v1/account/${path}`);
      expect(deleted.status).toBe(204);
      expect(deleted.text).toBe('');
      expect(deleted.headers).not.toHaveProperty('content-type');
      expect(deleted.headers).not.toHaveProperty('content-length');
    }
    const { page: other } = await newcomer(host);
    const all = await other.delete('/v1/account/sessions');
    expect([all.status, all.text, all.headers['content-type']]).toEqual([204, '', undefined]);
  });
});
