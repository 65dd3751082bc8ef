import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { Client, MatrixHost } from '../support/matrix-host.ts';
import { expectError, pending } from '../support/sdk-story.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Every route that a session without its second factor may not use. */
const GATED: readonly (readonly [Method, string])[] = [
  ['get', '/account'],
  ['get', '/account/sessions'],
  ['get', '/account/sessions/current'],
  ['get', '/account/mfa/authenticators'],
  ['get', '/account/mfa/recovery-codes'],
  ['delete', '/account/sessions'],
  ['patch', '/account/mfa'],
  ['patch', '/account/phone'],
  ['post', '/account/mfa/authenticators/totp'],
  ['put', '/account/mfa/authenticators/totp'],
  ['delete', '/account/mfa/authenticators/totp'],
  ['patch', '/account/mfa/authenticators/abc'],
  ['post', '/account/mfa/recovery-codes'],
  ['patch', '/account/mfa/recovery-codes'],
  ['post', '/account/verifications/email'],
  ['put', '/account/verifications/email'],
  ['post', '/account/verifications/phone'],
  ['put', '/account/verifications/phone'],
];

/** The routes that such a session may use. */
const EXEMPT: readonly (readonly [Method, string])[] = [
  ['get', '/account/mfa/factors'],
  ['post', '/account/mfa/challenges'],
  ['put', '/account/mfa/challenges'],
  ['delete', '/account/sessions/current'],
];

const send = (page: Client, method: Method, path: string) => page[method](`/v1${path}`);

describe.each(EXPRESS_NAMES)('the gate on %s', (express) => {
  let host: MatrixHost;
  let page: Client;
  beforeAll(async () => {
    host = await startMatrixHost(express);
    ({ page } = await pending(host));
  });
  afterAll(() => host.close());

  it.each(GATED)('asks a pending session for more factors at %s %s', async (method, path) => {
    expectError(await send(page, method, path), 401, 'user_more_factors_required');
  });

  it.each(['email', ''])('asks for them at POST /account/sessions/%s, too', async (path) => {
    const { email, password } = host.addUser();
    const refused = await page.post(`/v1/account/sessions/${path}`, { email, password });
    expectError(refused, 401, 'user_more_factors_required');
  });

  it.each(EXEMPT.slice(0, 3))('lets a pending session through to %s %s', async (method, path) => {
    const { status } = await send(page, method, path);
    expect(status).toBe(method === 'get' ? 200 : 400);
  });

  it('lets a pending session end itself, and a new one begin', async () => {
    const { page: other, user } = await pending(host);
    await other.delete('/v1/account/sessions/current').expect(204);
    const { email, password } = user;
    await other.post('/v1/account/sessions/email', { email, password }).expect(201);
  });

  it('lets a pending session end no other', async () => {
    const { page: other, user } = await pending(host);
    const { email, password } = user;
    const third = host.client();
    const session = await third.post('/v1/account/sessions/email', { email, password }).expect(201);
    const { $id } = session.body as { $id: string };
    const refused = await other.delete(`/v1/account/sessions/${$id}`);
    expectError(refused, 401, 'user_more_factors_required');
    await third.get('/v1/account/mfa/factors').expect(200);
  });

  it.each([...GATED, ...EXEMPT])(
    'turns a guest away at %s %s before all else',
    async (method, path) => {
      const guest = await send(host.client(), method, path);
      expectError(guest, 401, 'general_unauthorized_scope');
    },
  );

  it.each([
    ['post', '/account/mfa/challenges', { factor: 1 }],
    ['put', '/account/mfa/challenges', { otp: [] }],
    ['patch', '/account/mfa', { mfa: 'yes' }],
    ['patch', '/account/phone', { phone: 'x' }],
    ['put', '/account/mfa/authenticators/totp', { otp: {} }],
    ['put', '/account/verifications/email', { userId: 1 }],
    ['post', '/account/mfa/authenticators/totp', { name: 1 }],
  ] as const)('tells a guest nothing of parameters at %s %s', async (method, path, body) => {
    const guest = await host.client()[method](`/v1${path}`, body);
    expectError(guest, 401, 'general_unauthorized_scope');
    const half = await page[method](`/v1${path}`, body);
    const expected = path.endsWith('challenges')
      ? 'general_argument_invalid'
      : 'user_more_factors_required';
    expect(half.body).toMatchObject({ type: expected });
  });
});
