import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { generateSync } from 'otplib';

import { readConfig } from '../../example-app/config.ts';
import { openStorage } from '../../example-app/storage.ts';
import { describeWithRedis, hasRedis, startRedis } from '../support/redis-harness.ts';
import type { RedisServer } from '../support/redis-harness.ts';
import { startSmtpInbox } from '../support/smtp-inbox.ts';
import type { SmtpInbox } from '../support/smtp-inbox.ts';
import { codeSentTo } from './outbox.ts';
import { exampleDir, startExample } from './process.ts';
import type { Example } from './process.ts';
import { Visitor } from './visitor.ts';

const KEY = 'hQ3v0nQm7kqzJ9w1mPj4l6o2cYtRr8sVbXfGdEaKZuI=';
const REAL = {
  NODE_ENV: 'production',
  MFA_KEY: KEY,
  SESSION_SECRET: 'Zr8sVbXfGdEaKuIhQ3v0nQm7kqzJ9w1mPj4l6o2cYtR=',
  REDIS_URL: 'redis://localhost:6379',
  SMTP_URL: 'smtps://mail.example.com',
  MAIL_FROM: 'Example <no-reply@example.com>',
  VONAGE_API_KEY: 'key',
  VONAGE_API_SECRET: 'secret',
  VONAGE_FROM: 'Example',
  DOMAIN: 'app.example.com',
};

let example: Example;
let inbox: SmtpInbox;
let redis: RedisServer;
// These start while the tests of the first one run.
let onRedis: Promise<Example>;
let inProduction: Promise<Example>;

beforeAll(async () => {
  const first = startExample();
  if (hasRedis) {
    [inbox, redis] = await Promise.all([startSmtpInbox(), startRedis()]);
    const REDIS_URL = `redis://127.0.0.1:${redis.port}`;
    const SMTP_URL = `smtp://127.0.0.1:${inbox.port}?requireTLS=false`;
    onRedis = startExample({ REDIS_URL });
    inProduction = startExample({ ...REAL, REDIS_URL, SMTP_URL, SMS: 'off', TRUST_PROXY: '1' });
    for (const start of [onRedis, inProduction]) start.catch(() => 'whoever waits for it is told');
  }
  example = await first;
});

afterAll(async () => {
  await example.stop();
  if (!hasRedis) return;
  await Promise.all([(await onRedis).stop(), (await inProduction).stop()]);
  await Promise.all([inbox.close(), redis.stop()]);
});

async function signedIn(url: string): Promise<Visitor> {
  const visitor = new Visitor(url);
  await visitor.register();
  expect(await visitor.signIn()).toMatchObject({ status: 201, body: { factors: ['password'] } });
  expect(await visitor.call('GET', '/reports')).toMatchObject({ status: 200 });
  return visitor;
}

/** Signs in anew and opens a challenge; the password alone must not have been enough. */
async function challenged(visitor: Visitor, factor: string): Promise<unknown> {
  await visitor.signOut();
  expect(await visitor.signIn()).toMatchObject({ status: 201 });
  expect(await visitor.call('GET', '/reports')).toMatchObject({
    status: 401,
    body: { type: 'user_more_factors_required', code: 401 },
  });
  const { body } = await visitor.call('GET', '/account/mfa/factors');
  expect(body[factor]).toBe(true);
  const challenge = await visitor.call('POST', '/account/mfa/challenges', { factor });
  expect(challenge.status).toBe(201);
  return challenge.body['$id'];
}

/** Three ways through the second factor, the same whatever keeps the state. */
function ways(the: () => Promise<Example>): void {
  it('asks for the code from the mail once the address is confirmed and MFA is on', async () => {
    const { url } = await the();
    const visitor = await signedIn(url);
    const { userId, email } = visitor;

    await visitor.call('POST', '/account/verifications/email');
    const secret = (await codeSentTo(url, email)).code;
    const confirmed = await visitor.call('PUT', '/account/verifications/email', { userId, secret });
    expect(confirmed.status).toBe(200);
    await visitor.call('PATCH', '/account/mfa', { mfa: true });

    const challengeId = await challenged(visitor, 'email');
    const otp = (await codeSentTo(url, email)).code;
    const answered = await visitor.call('PUT', '/account/mfa/challenges', { challengeId, otp });
    expect(answered).toMatchObject({ status: 200, body: { factors: ['password', 'email'] } });
    expect(await visitor.call('GET', '/reports')).toMatchObject({ status: 200 });
  });

  it('asks for a code of the authenticator app, and for another one than it was set up with', async () => {
    const visitor = await signedIn((await the()).url);
    const { body } = await visitor.call('POST', '/account/mfa/authenticators/totp');
    const secret = String(body['secret']);
    const epoch = Math.floor(Date.now() / 1000);
    const used = generateSync({ secret, epoch });
    // One step ahead is accepted, so nobody has to wait for it.
    const next = generateSync({ secret, epoch: epoch + 30 });
    const confirmed = await visitor.call('PUT', '/account/mfa/authenticators/totp', { otp: used });
    expect(confirmed.status).toBe(200);
    await visitor.call('PATCH', '/account/mfa', { mfa: true });

    const challengeId = await challenged(visitor, 'totp');
    const answer = (otp: string) =>
      visitor.call('PUT', '/account/mfa/challenges', { challengeId, otp });
    expect(await answer(used)).toMatchObject({ status: 401, body: { type: 'user_invalid_token' } });
    expect(await answer(next)).toMatchObject({ status: 200 });
    expect(await visitor.call('GET', '/reports')).toMatchObject({ status: 200 });
  });

  it('asks for the code from the text, whose last line binds it to the site', async () => {
    const { url } = await the();
    const visitor = await signedIn(url);
    const { userId, password } = visitor;
    const phone = `+1415555${String(numbers++).padStart(4, '0')}`;

    const changed = await visitor.call('PATCH', '/account/phone', { phone, password });
    expect(changed).toMatchObject({ status: 200, body: { phone, phoneVerification: false } });
    await visitor.call('POST', '/account/verifications/phone');
    const secret = (await codeSentTo(url, phone)).code;
    const confirmed = await visitor.call('PUT', '/account/verifications/phone', { userId, secret });
    expect(confirmed.status).toBe(200);
    await visitor.call('PATCH', '/account/mfa', { mfa: true });

    const challengeId = await challenged(visitor, 'phone');
    const { channel, text, code: otp } = await codeSentTo(url, phone);
    expect(channel).toBe('sms');
    expect(text.split('\n').at(-1)).toBe(`@localhost #${otp}`);
    const answered = await visitor.call('PUT', '/account/mfa/challenges', { challengeId, otp });
    expect(answered.status).toBe(200);
    expect(await visitor.call('GET', '/reports')).toMatchObject({ status: 200 });
  });
}

let numbers = 2000;

describe('the start of the example', () => {
  it('is refused in production until all is set', () => {
    expect(readConfig(REAL)).toMatchObject({ production: true, madeUp: [] });
    for (const name of Object.keys(REAL).filter((key) => key !== 'NODE_ENV')) {
      expect(() => readConfig({ ...REAL, [name]: undefined })).toThrow(`${name} is missing. `);
    }
  });

  it.each([
    [
      'half a pair',
      { VONAGE_API_KEY: 'key', VONAGE_FROM: 'Example' },
      'VONAGE_API_SECRET is missing',
    ],
    ['a mail server without a sender', { SMTP_URL: 'smtp://localhost' }, 'MAIL_FROM is missing'],
    ['a secret that is too short', { SESSION_SECRET: 'hush' }, 'SESSION_SECRET is too short'],
    ['a port that is none', { PORT: '70000' }, 'PORT must be'],
    [
      'the name of a key file',
      { VONAGE_APPLICATION_ID: 'a', VONAGE_PRIVATE_KEY: './private.key', VONAGE_FROM: 'Example' },
      'VONAGE_PRIVATE_KEY must be the text',
    ],
  ])('is refused with %s', (_what, variables, message) => {
    expect(() => readConfig(variables)).toThrow(message);
  });

  it('needs nothing in development, and makes secrets up', () => {
    const { madeUp, mfaKeys, redisUrl, smtp, vonage } = readConfig({});
    expect({ madeUp, redisUrl, smtp, vonage }).toEqual({ madeUp: ['MFA_KEY', 'SESSION_SECRET'] });
    expect(mfaKeys).not.toEqual(readConfig({}).mfaKeys);
  });

  it('is refused, with a remedy and without the password, when Redis is away', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => {});
    const config = readConfig({ REDIS_URL: 'redis://:s3cret@127.0.0.1:1' });
    await expect(openStorage(config)).rejects.toThrow(
      'Redis was not reached: start it, or correct REDIS_URL.',
    );
    expect(JSON.stringify(log.mock.calls)).not.toContain('s3cret');
    log.mockRestore();
  });
});

describe('the example without any service', () => {
  ways(() => Promise.resolve(example));

  it('does what its README says, word for word', async () => {
    const readme = await readFile(path.join(exampleDir, 'README.md'), 'utf8');
    const walk = readme.slice(readme.indexOf('## With curl'), readme.indexOf('## The real things'));
    const blocks = (language: string): string =>
      [...walk.matchAll(/```(\w+)\n(.*?)```/gs)]
        .filter(([, name]) => name === language)
        .map(([, , text]) => text)
        .join('');
    const env = { ...process.env, BASE: example.url };
    const { stdout } = await promisify(execFile)('sh', ['-euc', blocks('sh')], { env });
    expect(stdout).toBe(blocks('text'));
  });

  it('answers a registration with what the account will show', async () => {
    const visitor = new Visitor(example.url);
    const registered = await visitor.register({ email: visitor.email.toUpperCase() });
    await visitor.signIn();
    const { body } = await visitor.call('GET', '/account');
    expect(registered).toMatchObject({
      status: 201,
      body: {
        $id: expect.stringMatching(/^[0-9a-f]{20}$/),
        targets: [{ identifier: visitor.email }],
      },
    });
    expect({ ...registered.body, accessedAt: '' }).toEqual({ ...body, accessedAt: '' });
  });

  it.each([
    ['no e-mail address', { email: '' }],
    ['a malformed address', { email: 'ada@' }],
    ['a password of 7 characters', { password: '1234567' }],
    ['a password of 257 characters', { password: 'x'.repeat(257) }],
    ['an id that starts with a dot', { userId: '.ada' }],
    ['a national phone number', { phone: '0301234567' }],
    ['an address that is a list', { email: ['ada@example.com'] }],
  ])('refuses to register %s', async (_what, fields) => {
    const { status, body } = await new Visitor(example.url).register(fields);
    expect({ status, ...body }).toEqual({
      status: 400,
      code: 400,
      type: 'general_argument_invalid',
      message: expect.stringContaining(Object.keys(fields)[0] ?? ''),
      version: expect.any(String),
    });
  });

  it('lets one of many who register the same address at once have it', async () => {
    const { email } = new Visitor(example.url);
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => new Visitor(example.url).register({ email })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      type: 'user_already_exists',
    });
  });

  it('answers a path that nothing serves in the shape of the API', async () => {
    const { status, body } = await new Visitor(example.url).call('GET', '/nothing');
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 404, type: 'general_route_not_found' });
  });
});

describeWithRedis('the example on Redis', () => {
  ways(() => onRedis);
});

describeWithRedis('the example in production', () => {
  const https = { 'x-forwarded-proto': 'https' };
  let visitor: Visitor;
  let cookie: string | null;
  beforeAll(async () => {
    visitor = new Visitor((await inProduction).url, https);
    await visitor.register({ phone: '+14155552671' });
    cookie = (await visitor.signIn()).headers.get('set-cookie');
  });

  it.each(['/outbox', '/outbox.json'])('has no %s', async (outbox) => {
    expect((await visitor.page(outbox)).status).toBe(404);
  });

  it('leads nobody there', async () => {
    for (const page of ['/', '/login', '/account']) {
      expect((await visitor.page(page)).text).not.toContain('/outbox');
    }
  });

  it('marks the cookie for HTTPS and this host only', () => {
    expect(cookie).toMatch(/^__Host-session=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('mails the code', async () => {
    const { userId, email } = visitor;
    await visitor.call('POST', '/account/verifications/email');
    const secret = /\b\d{6}\b/.exec(inbox.lastCodeTo(email).text)?.[0];
    const confirmed = await visitor.call('PUT', '/account/verifications/email', { userId, secret });
    expect(confirmed.status).toBe(200);
  });

  it('has no phone factor when SMS is left out', async () => {
    const { status, body } = await visitor.call('POST', '/account/verifications/phone');
    expect([status, body['type']]).toEqual([503, 'general_phone_disabled']);
  });

  it('gives no cookie to whoever comes without HTTPS', async () => {
    const { email, password } = visitor;
    const plain = new Visitor((await inProduction).url);
    const { headers } = await plain.call('POST', '/account/sessions/email', { email, password });
    expect(headers.get('set-cookie')).toBeNull();
  });
});

describeWithRedis('the example while its Redis is away', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await signedIn((await onRedis).url);
    await redis.stop();
  });

  it.each(['/reports', '/account'])('answers 503 to %s, and soon', async (path) => {
    const started = Date.now();
    const { status, body } = await visitor.call('GET', path);
    expect({ status, ...body }).toMatchObject({ status: 503, code: 503 });
    expect(Date.now() - started).toBeLessThan(1500);
  });

  it('signs nobody in', async () => {
    const { email, password } = visitor;
    const stranger = new Visitor((await onRedis).url);
    const { status } = await stranger.call('POST', '/account/sessions/email', { email, password });
    expect(status).toBe(503);
    const login = await stranger.form('/login', { email, password });
    expect([login.status, login.headers.get('set-cookie')]).toEqual([503, null]);
  });
});

describe('the end of the example', () => {
  it('is clean on SIGTERM', async () => {
    expect(await example.stop('SIGTERM')).toBe(0);
  });
});

describeWithRedis('the end of the example on Redis', () => {
  it('is clean on SIGINT, even while Redis is away', async () => {
    expect(await (await onRedis).stop('SIGINT')).toBe(0);
  });
});
