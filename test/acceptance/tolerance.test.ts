import express5 from 'express';
import express4 from 'express4';

import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { Client, HostUser, MatrixHost } from '../support/matrix-host.ts';
import {
  answer,
  expectError,
  mailed,
  newcomer,
  open,
  pending,
  signIn,
} from '../support/sdk-story.ts';

/** What SDKs put into X-Fallback-Cookies over the years, and what nobody should. */
const FALLBACKS = [
  '',
  '[]',
  '{}',
  'null',
  '0',
  'junk',
  '{"a_session_acme":',
  '{"a_session_acme":"eyJpZCI6InVzZXIxIiwic2VjcmV0IjoieCJ9"}',
  '{"connect.sid":"s:abc.def","mfa":"x"}',
  '{"__proto__":{"mfa":"x"}}',
  '["a"]',
  '"text"',
  'x'.repeat(4000),
];

describe.each(EXPRESS_NAMES)('odd requests on %s', (express) => {
  let host: MatrixHost;
  let page: Client;
  let user: HostUser;
  beforeAll(async () => {
    host = await startMatrixHost(express);
    ({ page, user } = await newcomer(host));
  });
  afterAll(() => host.close());
  afterEach(() => {
    expect(host.events.filter(({ type }) => type === 'fault')).toEqual([]);
  });

  it.each(FALLBACKS)('are not troubled by X-Fallback-Cookies: %s', async (fallback) => {
    const name = 'x-fallback-cookies';
    await page.get('/v1/account').set(name, fallback).expect(200);
    await page.patch('/v1/account/mfa', { mfa: false }).set(name, fallback).expect(200);
    const guest = await host.client().get('/v1/account').set(name, fallback);
    expectError(guest, 401, 'general_unauthorized_scope');
  });

  it.each([
    ['post', 'mfa/challenges', { factor: { factor: 'totp' } }],
    ['put', 'mfa/challenges', { challengeId: { challengeId: 'a', otp: '123456' }, otp: '123456' }],
    ['put', 'mfa/challenges', { challengeId: 'a', otp: ['123456'] }],
    ['put', 'mfa/challenges', { challengeId: 'a', otp: null }],
    ['patch', 'mfa', { mfa: { mfa: true } }],
    ['patch', 'mfa', { mfa: null }],
    ['patch', 'phone', { phone: { phone: '+14155552671', password: 'x' } }],
    ['put', 'mfa/authenticators/totp', { otp: { otp: '123456' } }],
    ['post', 'mfa/authenticators/[object%20Object]', {}],
    ['put', 'mfa/authenticators/[object%20Object]', { otp: '123456' }],
    ['put', 'verifications/phone', { userId: { userId: 'a' }, secret: '123456' }],
    ['post', 'mfa/challenges', []],
    ['post', 'mfa/challenges', JSON.parse('{"__proto__":{"factor":"totp"}}') as object],
  ] as const)(
    'with an object in the place of a value are refused: %s %s %j',
    async (method, path, body) => {
      const refused = await page[method](`/v1/account/${path}`, body);
      expectError(refused, 400, 'general_argument_invalid');
    },
  );

  it('with an object in the place of credentials are refused', async () => {
    const { email, password } = user;
    const nested = { email: { email, password } };
    const refused = await host.client().post('/v1/account/sessions/email', nested);
    expectError(refused, 400, 'general_argument_invalid');
  });

  it.each([
    ['get', 'sessions/[object%20Object]', 'user_session_not_found'],
    ['delete', 'sessions/[object%20Object]', 'user_session_not_found'],
    ['get', 'sessions/a%2Fb', 'user_session_not_found'],
    ['get', 'sessions/__proto__', 'user_session_not_found'],
    ['delete', 'mfa/authenticators/[object%20Object]', 'user_authenticator_not_found'],
    ['delete', 'mfa/authenticators/constructor', 'user_authenticator_not_found'],
  ] as const)('for what is not there are not found: %s %s', async (method, path, type) => {
    expectError(await page[method](`/v1/account/${path}`), 404, type);
  });

  it.each(['null', '0', '"text"', 'true', '{', '{"factor":"totp"', '\u0000'])(
    'with a body that is no JSON object are refused: %j',
    async (body) => {
      const refused = await page.post('/v1/account/mfa/challenges').send(body);
      expectError(refused, 400, 'general_argument_invalid');
    },
  );

  it('may label a GET without a body as JSON', async () => {
    const { body } = await page.get('/v1/account').set('content-type', 'application/json');
    expect(body).toMatchObject({ $id: user.id });
  });

  it('may name any project, or none, anywhere', async () => {
    await page.get('/v1/account?project=another').expect(200);
    await page.get('/v1/account').set('x-appwrite-project', '').expect(200);
    await page.get('/v1/account').unset('x-appwrite-project').expect(200);
  });

  it.each(['1.5.0', '2.3.0', '99.0.0', 'x'])('may want the response format %s', async (format) => {
    const { body, headers } = await page
      .get('/v1/account')
      .set('x-appwrite-response-format', format)
      .expect(200);
    expect(body).toMatchObject({ $id: user.id, mfa: false });
    expect(headers).not.toHaveProperty('x-appwrite-warning');
  });

  it.each([
    ['with a body', (of: Client) => of.delete('/v1/account/sessions/current', { otp: '123456' })],
    ['with an empty object', (of: Client) => of.delete('/v1/account/sessions/current', {})],
    ['without a body or a type', (of: Client) => of.bare('delete', '/v1/account/sessions/current')],
  ])('may delete %s', async (_how, remove) => {
    const other = await signIn(host, user);
    await remove(other).expect(204);
    expectError(await other.get('/v1/account'), 401, 'general_unauthorized_scope');
  });

  it.each(['EMAIL', 'Email', 'eMail'])('may spell a factor %s', async (factor) => {
    const waiting = await pending(host);
    const id = await open(waiting.page, factor);
    await answer(waiting.page, id, mailed(host, waiting.user)).expect(200);
  });

  it('may send more than is asked for, and gain nothing by it', async () => {
    const victim = await pending(host);
    const waiting = await pending(host);
    const more = { userId: victim.user.id, user: victim.user, mfa: false, current: true };
    const path = '/v1/account/mfa/challenges';
    const { body } = await waiting.page.post(path, { factor: 'email', ...more }).expect(201);
    expect(body).toMatchObject({ userId: waiting.user.id });
    const otp = mailed(host, waiting.user);
    const challengeId = (body as { $id: string }).$id;
    const session = await waiting.page.put(path, { challengeId, otp, ...more }).expect(200);
    expect(session.body).toMatchObject({ userId: waiting.user.id });
    expectError(await victim.page.get('/v1/account'), 401, 'user_more_factors_required');
  });
});

describe.each([
  ['Express 5', 'Express 5', express5],
  ['Express 4', 'Express 4', express4 as unknown as typeof express5],
  ['Express 4', 'Express 5', express5],
] as const)('a host on %s', (express, whose, { json, urlencoded }) => {
  it(`may read bodies itself with ${whose}`, async () => {
    const host = await startMatrixHost(express, {
      before: [json(), urlencoded({ extended: true })],
    });
    try {
      const { page, user } = await pending(host);
      const refused = await page.put('/v1/account/mfa/challenges', { otp: 1 });
      expectError(refused, 400, 'general_argument_invalid');
      await answer(page, await open(page, 'email'), mailed(host, user)).expect(200);
      await page.delete('/v1/account/sessions/current', { otp: '123456' }).expect(204);
    } finally {
      await host.close();
    }
  });
});
