import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import { casesOf } from '../support/sdk-errors.ts';
import type { ErrorRow } from '../support/sdk-errors.ts';
import {
  answer,
  completed,
  enrollApp,
  expectError,
  guarded,
  mailed,
  newcomer,
  open,
  otherThan,
  pending,
  signIn,
} from '../support/sdk-story.ts';

const SESSIONS = '/v1/account/sessions/email';
const CHALLENGES = '/v1/account/mfa/challenges';
const TOTP = '/v1/account/mfa/authenticators/totp';
const EMAIL = '/v1/account/verifications/email';
const PHONE = '/v1/account/verifications/phone';
const NUMBER = '+14155552671';

const ROWS: readonly ErrorRow[] = [
  {
    status: 401,
    type: 'general_unauthorized_scope',
    message: 'User (role: guests) missing scopes (["account"])',
    to: {
      'a guest': (host) => host.client().get('/v1/account'),
      'a cookie that was tampered with': (host) =>
        host.client().get('/v1/account').set('cookie', 'connect.sid=s%3Axx.yy'),
    },
  },
  {
    status: 401,
    type: 'user_more_factors_required',
    message: 'More factors are required to complete the sign in process.',
    to: {
      'a session that lacks its second factor': async (host) =>
        (await pending(host)).page.get('/v1/account'),
    },
  },
  {
    status: 401,
    type: 'user_challenge_required',
    message:
      'A recently successful challenge is required to complete this action. Without a second factor, sign in again.',
    to: {
      'switching MFA off': async (host) =>
        (await guarded(host)).page.patch('/v1/account/mfa', { mfa: false }),
      'removing an authenticator that was only enrolled': async (host) => {
        const { page } = await newcomer(host);
        await enrollApp(host, page);
        return page.delete(TOTP);
      },
    },
  },
  {
    status: 401,
    type: 'user_invalid_credentials',
    message: 'Invalid credentials. Please check the email and password.',
    to: {
      'a wrong password': (host) =>
        host.client().post(SESSIONS, { email: host.addUser().email, password: 'another one' }),
      'an unknown address': (host) =>
        host.client().post(SESSIONS, { email: 'nobody@example.com', password: 'another one' }),
      'a new number under a wrong password': async (host) => {
        const body = { phone: NUMBER, password: 'another one' };
        return (await newcomer(host)).page.patch('/v1/account/phone', body);
      },
    },
  },
  {
    status: 401,
    type: 'user_invalid_token',
    message: 'Invalid token passed in the request.',
    to: {
      'an unknown challenge': async (host) => answer((await pending(host)).page, 'abc', '123456'),
      'a wrong code': async (host) => {
        const { page, user } = await pending(host);
        const id = await open(page, 'email');
        return answer(page, id, otherThan(mailed(host, user)));
      },
      'a challenge that is over': async (host) => {
        const { page, user } = await completed(host);
        host.clock.forward(30_000);
        const id = await open(page, 'email');
        host.clock.forward(600_000);
        return answer(page, id, mailed(host, user));
      },
      "another user's challenge": async (host) => {
        const owner = await pending(host);
        const id = await open(owner.page, 'email');
        return answer((await pending(host)).page, id, mailed(host, owner.user));
      },
      'a wrong confirmation': async (host) => {
        const { page, user } = await newcomer(host);
        await page.post(EMAIL).expect(201);
        return page.put(EMAIL, { userId: user.id, secret: otherThan(mailed(host, user)) });
      },
      'a confirmation that nobody asked for': async (host) => {
        const { page, user } = await newcomer(host);
        return page.put(PHONE, { userId: user.id, secret: '999999' });
      },
    },
  },
  {
    status: 401,
    type: 'user_session_already_exists',
    message: 'Creation of a session is prohibited when a session is active.',
    to: {
      'a second sign-in': async (host) => {
        const { page, user } = await newcomer(host);
        return page.post(SESSIONS, { email: user.email, password: user.password });
      },
    },
  },
  {
    status: 404,
    type: 'user_session_not_found',
    message: 'The current user session could not be found.',
    to: {
      'reading an unknown session': async (host) =>
        (await newcomer(host)).page.get('/v1/account/sessions/abc'),
      'ending an unknown session': async (host) =>
        (await newcomer(host)).page.delete('/v1/account/sessions/abc'),
      "ending another user's session": async (host) => {
        const { page } = await newcomer(host);
        const { body } = await page.get('/v1/account/sessions/current').expect(200);
        const other = (await newcomer(host)).page;
        return other.delete(`/v1/account/sessions/${(body as { $id: string }).$id}`);
      },
    },
  },
  {
    status: 404,
    type: 'user_not_found',
    message: 'User with the requested ID could not be found.',
    to: {
      'a confirmation in the name of nobody': async (host) =>
        (await newcomer(host)).page.put(EMAIL, { userId: 'nobody', secret: '123456' }),
      'a confirmation in the name of another': async (host) => {
        const { id } = host.addUser();
        return (await newcomer(host)).page.put(PHONE, { userId: id, secret: '123456' });
      },
    },
  },
  {
    status: 429,
    type: 'general_rate_limit_exceeded',
    message:
      'Rate limit for the current endpoint has been exceeded. Please try again after some time.',
    to: {
      'a second mail at once': async (host) => {
        const { page } = await pending(host);
        await open(page, 'email');
        return page.post(CHALLENGES, { factor: 'email' });
      },
      'guessing on': async (host) => {
        const { page } = await newcomer(host);
        await enrollApp(host, page);
        const id = await open(page, 'totp');
        // Eight digits are never those of six.
        for (let n = 0; n < 5; n++) await answer(page, id, `1234567${n}`).expect(401);
        return page.post(CHALLENGES, { factor: 'totp' });
      },
    },
  },
  {
    status: 403,
    type: 'general_unknown_origin',
    to: {
      'a page of another site': async (host) =>
        (await newcomer(host)).page
          .patch('/v1/account/mfa', { mfa: true })
          .set('origin', 'https://evil.example')
          .set('sec-fetch-site', 'cross-site'),
    },
  },
];

describe.each(EXPRESS_NAMES)('the errors on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  it.each(casesOf(ROWS))('are $status $type for $situation', async (row) => {
    expectError(await row.ask(host), row.status, row.type, row.message);
  });

  it('say how long to wait', async () => {
    const { user } = await pending(host);
    const page = await signIn(host, user);
    await open(page, 'email');
    const refused = await page.post(CHALLENGES, { factor: 'email' }).expect(429);
    expect(refused.headers['retry-after']).toBe('30');
    expect(refused.body).toMatchObject({ retryAfter: 30 });
    host.clock.forward(29_999);
    await page.post(CHALLENGES, { factor: 'email' }).expect(429);
    host.clock.forward(1);
    await open(page, 'email');
  });

  it('name the factors that would help', async () => {
    const { page } = await pending(host);
    const refused = await page.get('/v1/account').expect(401);
    expect(refused.body).toMatchObject({ factors: ['email'] });
  });

  it('hold no secret, and nothing that could be kept by a cache', async () => {
    const { page, user } = await pending(host);
    const code = await open(page, 'email').then(() => mailed(host, user));
    const refused = await answer(page, 'abc', code);
    expect(refused.text).not.toContain(code);
    expect(refused.headers['cache-control']).toBe('no-store');
  });
});
