import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { Client, MatrixHost } from '../support/matrix-host.ts';
import { expectError, mailed, newcomer, pending, signIn, texted } from '../support/sdk-story.ts';
import { totpAt } from '../support/sdk-totp.ts';

type Body = Record<string, unknown>;
const NUMBER = '+14155552671';

describe.each(EXPRESS_NAMES)('the paths on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  it.each(['/account/sessions/email', '/account/sessions'])('sign in at %s', async (path) => {
    const { email, password } = host.addUser();
    await host.client().post(`/v1${path}`, { email, password }).expect(201);
  });

  it.each(['/account/mfa/challenges', '/account/mfa/challenge'])(
    'create and answer a challenge at %s',
    async (path) => {
      const { page, user } = await pending(host);
      const { body } = await page.post(`/v1${path}`, { factor: 'email' }).expect(201);
      const challengeId = (body as Body).$id;
      await page.put(`/v1${path}`, { challengeId, otp: mailed(host, user) }).expect(200);
      await page.get('/v1/account').expect(200);
    },
  );

  it.each(['/account/mfa/authenticators/totp', '/account/mfa/totp'])(
    'enroll, confirm and delete an authenticator at %s',
    async (path) => {
      const { page } = await newcomer(host);
      const { body } = await page.post(`/v1${path}`).expect(200);
      const { secret } = body as { secret: string };
      await page.put(`/v1${path}`, { otp: totpAt(secret, host.clock.now) }).expect(200);
      expectError(await page.delete(`/v1${path}`), 401, 'user_challenge_required');
    },
  );

  it.each([
    '/account/verifications/email',
    '/account/verifications/email/otp',
    '/account/verification',
  ])('confirm the address at %s', async (path) => {
    const { page, user } = await newcomer(host);
    await page.post(`/v1${path}`, { url: 'https://acme.example/verify' }).expect(201);
    const secret = mailed(host, user);
    await page.put(`/v1${path}`, { userId: user.id, secret }).expect(200);
  });

  it.each(['/account/verifications/phone', '/account/verification/phone'])(
    'confirm the number at %s',
    async (path) => {
      const { page, user } = await newcomer(host, { phone: NUMBER });
      await page.post(`/v1${path}`).expect(201);
      const secret = texted(host, NUMBER);
      await page.put(`/v1${path}`, { userId: user.id, secret }).expect(200);
    },
  );

  it('are found with doubled slashes', async () => {
    const { email, password } = host.addUser();
    const page = host.client();
    await page.post('/v1//account/sessions//email', { email, password }).expect(201);
    await page.get('/v1//account').expect(200);
    await page.get('/v1///account//mfa/factors?x=//').expect(200);
    await page.delete('/v1//account/sessions//current').expect(204);
  });

  it('reach the host as they came when they are not ours', async () => {
    const mounted = await startMatrixHost(express, {
      after: [(req, res) => void res.json({ url: req.url, originalUrl: req.originalUrl })],
    });
    try {
      const { body } = await mounted.client().get('/v1//elsewhere//at?x=//');
      expect(body).toEqual({
        url: '/v1//elsewhere//at?x=//',
        originalUrl: '/v1//elsewhere//at?x=//',
      });
    } finally {
      await mounted.close();
    }
  });

  it('are not taken from the host beside the router', async () => {
    const answered = await host.client().get('/account');
    expect([answered.status, answered.headers['content-type']]).toEqual([
      404,
      expect.stringMatching(/^text\/html/),
    ]);
  });

  it('run the flow as it was first released, in appwrite 14.0.0-rc.5', async () => {
    const user = host.addUser();
    const first = rc5(await signIn(host, user));
    const { secret } = await first.addAuthenticator('totp');
    const enrolling = totpAt(String(secret), host.clock.now);
    await first.verifyAuthenticator('totp', enrolling);
    expect(await first.updateMFA(true)).toMatchObject({ mfa: true });

    const page = await signIn(host, user);
    expectError(await page.get('/v1/account'), 401, 'user_more_factors_required');
    const account = rc5(page);
    expect(await account.listFactors()).toMatchObject({ totp: true, email: false, phone: false });
    const { $id } = await account.createChallenge('totp');
    host.clock.forward(30_000);
    const otp = totpAt(String(secret), host.clock.now);
    const session = await account.updateChallenge(String($id), otp);
    expect(session).toMatchObject({ factors: ['password', 'totp'] });
    await page.get('/v1/account').expect(200);
    await page.delete('/v1/account/mfa/totp', { otp }).expect(204);
  });
});

/** The calls of the release candidate in which all this was announced: its names, paths and bodies. */
function rc5(page: Client) {
  const read = async (request: ReturnType<Client['get']>, status: number): Promise<Body> =>
    (await request.set('x-appwrite-response-format', '1.5.0').expect(status)).body as Body;
  return {
    updateMFA: (mfa: boolean) => read(page.patch('/v1/account/mfa', { mfa }), 200),
    listFactors: () => read(page.get('/v1/account/mfa/factors'), 200),
    addAuthenticator: (type: string) => read(page.post(`/v1/account/mfa/${type}`), 200),
    verifyAuthenticator: (type: string, otp: string) =>
      read(page.put(`/v1/account/mfa/${type}`, { otp }), 200),
    createChallenge: (factor: string) =>
      read(page.post('/v1/account/mfa/challenge', { factor }), 201),
    updateChallenge: (challengeId: string, otp: string) =>
      read(page.put('/v1/account/mfa/challenge', { challengeId, otp }), 200),
  };
}
