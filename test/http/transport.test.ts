import express5 from 'express';

import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { addUser, answer, challenge, signIn, totpCode, userWithTotp } from '../support/story.ts';

/** Every route that changes something, by method and path. */
const CHANGES = [
  ['post', '/v1/account/sessions/email'],
  ['post', '/v1/account/sessions'],
  ['delete', '/v1/account/sessions'],
  ['delete', '/v1/account/sessions/current'],
  ['patch', '/v1/account/mfa'],
  ['patch', '/v1/account/phone'],
  ['post', '/v1/account/mfa/challenges'],
  ['put', '/v1/account/mfa/challenges'],
  ['post', '/v1/account/mfa/challenge'],
  ['put', '/v1/account/mfa/challenge'],
  ['post', '/v1/account/mfa/authenticators/totp'],
  ['put', '/v1/account/mfa/authenticators/totp'],
  ['patch', '/v1/account/mfa/authenticators/some-id'],
  ['delete', '/v1/account/mfa/authenticators/totp'],
  ['post', '/v1/account/mfa/totp'],
  ['put', '/v1/account/mfa/totp'],
  ['delete', '/v1/account/mfa/totp'],
  ['post', '/v1/account/mfa/recovery-codes'],
  ['patch', '/v1/account/mfa/recovery-codes'],
  ['post', '/v1/account/verifications/email'],
  ['put', '/v1/account/verifications/email'],
  ['post', '/v1/account/verifications/phone'],
  ['put', '/v1/account/verifications/phone'],
] as const;

const READS = [
  '/v1/account',
  '/v1/account/sessions',
  '/v1/account/sessions/current',
  '/v1/account/mfa/factors',
  '/v1/account/mfa/authenticators',
  '/v1/account/mfa/recovery-codes',
] as const;

describe.each(EXPRESS)('the transport on %s', (_name, framework) => {
  let app: TestApp;
  let browser: Browser;
  let secret: string;
  beforeEach(async () => {
    app = await startApp({ framework });
    ({ browser, secret } = await userWithTotp(app, { emailVerified: true }));
  });
  afterEach(() => app.close());

  const FOREIGN: readonly (readonly [string, Record<string, string>])[] = [
    ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a page of a sub-domain', { origin: 'http://evil.127.0.0.1', 'sec-fetch-site': 'same-site' }],
    ['an older browser on another site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a client without any mark of its own', {}],
  ];

  it.each(FOREIGN)('takes no change from %s, on any route [TRN-1] [A65]', async (_who, headers) => {
    for (const [method, path] of CHANGES) {
      const { body } = await browser.agent[method](path)
        .set(headers)
        .send({ mfa: false })
        .expect(403);
      expect(body).toMatchObject({ type: 'general_unknown_origin', code: 403 });
    }
    await browser.get('/reports').expect(200);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'mfa=false'],
    ['plain text', 'text/plain', '{"mfa":false}'],
    ['no type', '', '{"mfa":false}'],
  ])('takes no change as %s, on any route [TRN-1]', async (_what, type, body) => {
    for (const [method, path] of CHANGES) {
      const { status } = await browser.agent[method](path)
        .set({ origin: browser.origin, 'content-type': type })
        .serialize((text: unknown) => text as string)
        .send(body);
      expect([path, status]).toEqual([path, 400]);
    }
    const { body: user } = await browser.get('/v1/account').expect(200);
    expect(user).toMatchObject({ mfa: true });
  });

  it('changes nothing by GET or HEAD [TRN-1]', async () => {
    const before = JSON.stringify((await browser.get('/v1/account')).body);
    const messages = app.outbox.length;
    for (const path of [...READS, ...CHANGES.map(([, path]) => path)]) {
      await browser.get(`${path}?mfa=false&factor=email&otp=123456`);
      await browser.agent.head(path);
    }
    expect(app.outbox).toHaveLength(messages);
    expect(JSON.stringify((await browser.get('/v1/account').expect(200)).body)).toBe(before);
  });

  it('forbids every cache to keep an answer, good or bad [TRN-2]', async () => {
    for (const client of [browser, app.browser()]) {
      for (const path of READS) {
        expect((await client.get(path)).headers['cache-control']).toBe('no-store');
      }
      for (const [method, path] of CHANGES) {
        // These end the session that the others need: they are in respond.test.ts.
        if (path.startsWith('/v1/account/sessions')) continue;
        expect((await client[method](path, {})).headers['cache-control']).toBe('no-store');
      }
    }
  });

  it.each([
    ['__proto__', '{"factor":"totp","__proto__":{"verified":true}}', 400],
    ['constructor.prototype', '{"constructor":{"prototype":{"mfa":true}}}', 400],
    ['an array', '[{"factor":"totp"}]', 400],
    ['a text', '"totp"', 400],
    ['null', 'null', 400],
    ['broken JSON', '{"factor":', 400],
    ['a nest of 2000 levels', `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`, 400],
    ['a nest of 20000 levels', '['.repeat(20_000), 413],
    ['200 kB', JSON.stringify({ factor: 'x'.repeat(200_000) }), 413],
  ])('refuses a body of %s without a fault [TRN-4] [A32] [A36]', async (_what, body, status) => {
    const answered = await browser.agent
      .post('/v1/account/mfa/challenges')
      .set({ origin: browser.origin, 'content-type': 'application/json' })
      .serialize((text: unknown) => text as string)
      .send(body);
    expect(answered.status).toBe(status);
    expect(answered.body).toMatchObject({ code: status, type: 'general_argument_invalid' });
    expect(app.events.filter(({ type }) => type === 'fault')).toEqual([]);
    expect(({} as { verified?: unknown }).verified).toBeUndefined();
  });

  it('drops what it does not know of a body [TRN-4]', async () => {
    await browser.post('/v1/account/mfa/challenges', { factor: 'totp', role: 'admin' }).expect(201);
  });

  it('reads a code from the body only [TRN-5] [A35]', async () => {
    const id = await challenge(browser, 'totp');
    const code = totpCode(app, secret);
    await browser.put(`/v1/account/mfa/challenges?challengeId=${id}&otp=${code}`, {}).expect(400);
    await browser.put(`/v1/account/mfa/challenges?otp=${code}`, { challengeId: id }).expect(400);
    await answer(browser, id, code).expect(200);
  });

  it.each([
    [['123456']],
    [{ $ne: 1 }],
    [{}],
    [true],
    [null],
    [123456],
    [42],
    [''],
    ['１２３４５６'],
    ['١٢٣٤٥٦'],
    ['123\u0000456'],
    ['123\u200b456'],
    ['123\u00a0456'],
    ['123456\r\n'],
    ['x'.repeat(65)],
  ])(
    'refuses %j as a code and leaves the challenge untouched [VER-3] [GEN-2] [A33] [A34]',
    async (otp) => {
      const id = await challenge(browser, 'totp');
      for (let round = 0; round < 6; round++) {
        const { body } = await answer(browser, id, otp).expect(400);
        expect(body).toMatchObject({ type: 'general_argument_invalid' });
      }
      const code = totpCode(app, secret);
      await answer(browser, id, `${code.slice(0, 3)} ${code.slice(3)}`).expect(200);
    },
  );

  it('takes the subject from the session, whatever a body says [VER-5] [A67]', async () => {
    const victim = await userWithTotp(app);
    const attacker = addUser(app);
    const other = app.browser();
    await signIn(other, attacker);
    const as = { userId: victim.user.id, user: { id: victim.user.id }, $id: victim.user.id };
    const { body } = await other.patch('/v1/account/mfa', { mfa: true, ...as }).expect(200);
    expect(body).toMatchObject({ $id: attacker.id });
    const list = await victim.browser.get('/v1/account/mfa/authenticators').expect(200);
    const [{ $id }] = (list.body as { authenticators: [{ $id: string }] }).authenticators;
    await other.patch(`/v1/account/mfa/authenticators/${$id}`, { name: 'mine', ...as }).expect(404);
    const unknown = await other.patch('/v1/account/mfa/authenticators/none', { name: 'mine' });
    const foreign = await other.patch(`/v1/account/mfa/authenticators/${$id}`, { name: 'mine' });
    expect([foreign.status, foreign.body]).toEqual([unknown.status, unknown.body]);
    await victim.browser.get('/reports').expect(200);
  });

  it('goes by its own clock, whatever time a client names [VER-7]', async () => {
    const id = await challenge(browser, 'totp');
    const then = app.clock.now - 3_600_000;
    const old = totpCode(app, secret, -3_600_000);
    await browser
      .put('/v1/account/mfa/challenges', { challengeId: id, otp: old, now: then, timestamp: then })
      .set({ date: new Date(then).toUTCString(), 'x-timestamp': String(then) })
      .expect(401);
  });
});

describe('the transport beside what a host does', () => {
  it('works behind a body parser of the host and accepts listed origins', async () => {
    const app = await startApp({
      before: [express5.json(), express5.urlencoded({ extended: true })],
      csrf: { origins: ['https://app.example.com'] },
    });
    const browser = app.browser();
    const user = addUser(app);
    await signIn(browser, user);
    await browser.agent
      .patch('/v1/account/mfa')
      .set({ origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' })
      .send({ mfa: true })
      .expect(200);
    await browser.agent
      .patch('/v1/account/mfa')
      .set({ origin: browser.origin })
      .type('form')
      .send({ mfa: 'false' })
      .expect(400);
    await app.close();
  });

  it('takes a client that is no browser by its own header, or any if the host says so', async () => {
    const strict = await startApp();
    const user = addUser(strict);
    const body = { email: user.email, password: user.password };
    const path = '/v1/account/sessions/email';
    await strict.browser().agent.post(path).send(body).expect(403);
    await strict.browser().agent.post(path).set('x-requested-with', 'curl').send(body).expect(201);
    await strict.browser().agent.post(path).set('x-appwrite-project', 'p').send(body).expect(201);
    await strict.close();
    const open = await startApp({ csrf: { anyClient: true } });
    open.users.set(user.id, user);
    await open.browser().agent.post(path).send(body).expect(201);
    await open
      .browser()
      .agent.post(path)
      .set('origin', 'https://evil.example')
      .send(body)
      .expect(403);
    await open.close();
  });

  it("leaves the host's other routes alone, under their own path", async () => {
    const app = await startApp({
      routes: (host) => {
        host.use((req, res) => {
          res.json({
            url: req.originalUrl,
            path: req.path,
            body: (req as { body?: unknown }).body ?? null,
          });
        });
      },
    });
    const { body } = await app.browser().post('/v1//elsewhere?a=//b', { mine: 1 }).expect(200);
    expect(body).toEqual({ url: '/v1//elsewhere?a=//b', path: '/v1//elsewhere', body: null });
    await app.close();
  });
});
