import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';

import { Vonage } from '@vonage/server-sdk';
import { Auth } from '@vonage/auth';
import express from 'express';
import type { Express, Request, Response } from 'express';
import session from 'express-session';
import { Account, Client } from 'appwrite-28';
import { Redis } from 'ioredis';
import { Database } from 'node-sqlite3-wasm';
import nodemailer from 'nodemailer';

import { settleOptions } from '../../lib/options.ts';
import type { Enrollment, Mfa, MfaEvent, MfaOptions, Sender } from '../../lib/index.ts';
import { createMfa, MfaError } from '../../lib/index.ts';
import { Browser } from '../support/app.ts';
import { describeWithRedis, redisPort } from '../support/redis-harness.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { startVonageApi } from '../support/vonage-api.ts';
import { blockErrors } from './block-errors.ts';
import { readBlocks, runBlock } from './blocks.ts';
import { keepCookies } from './keep-cookies.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import { everythingSent } from '../support/everything-sent.ts';

const PASSWORD = 'correct horse';

interface Row {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly phone?: string;
  readonly phoneVerified?: boolean;
  readonly passwordHash: string;
}

const codeIn = (text: string) => /\d{6}/.exec(text)?.[0];

describe('the README', () => {
  const open: Listening[] = [];
  let keyBefore: string | undefined;
  beforeAll(() => {
    keyBefore = process.env.MFA_KEY;
    process.env.MFA_KEY = randomBytes(32).toString('base64');
  });
  afterAll(() => {
    process.env.MFA_KEY = keyBefore;
  });
  afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

  const row: Row = {
    id: `user-${randomBytes(6).toString('hex')}`,
    email: 'ada@acme.example',
    emailVerified: true,
    phone: '+4915112345678',
    phoneVerified: true,
    passwordHash: `hash of ${PASSWORD}`,
  };
  const users = () =>
    runBlock<MfaOptions['users']>('users', {
      table: [row],
      compare: (password: string, hash: string) => `hash of ${password}` === hash,
    });
  const showReports = (_req: Request, res: Response) => res.json({ report: 'numbers' });

  function hostApp(): Express {
    const app = express();
    app.use(express.json());
    app.use(session({ secret: 'x'.repeat(40), resave: false, saveUninitialized: false }));
    return app;
  }
  async function browse(app: Express): Promise<Browser> {
    const server = await listen(app);
    open.push(server);
    return new Browser(server.origin);
  }
  const signIn = (browser: Browser) =>
    browser
      .post('/v1/account/sessions/email', { email: row.email, password: PASSWORD })
      .expect(201);

  /** Switches MFA on, signs in anew, and passes the second factor by the code that `read` finds. */
  async function pass(app: Express, factor: string, read: () => string, path: string) {
    const owner = await browse(app);
    await signIn(owner);
    await owner.patch('/v1/account/mfa', { mfa: true }).expect(200);
    const browser = await browse(app);
    await signIn(browser);
    await browser.get(path).expect(401);
    const { body } = await browser.post('/v1/account/mfa/challenges', { factor }).expect(201);
    const { $id: challengeId } = body as { $id: string };
    await browser.put('/v1/account/mfa/challenges', { challengeId, otp: read() }).expect(200);
    await browser.get(path).expect(200);
  }

  it('has a host add at most twelve lines', () => {
    const main = readBlocks().find(({ name }) => name === 'main')?.code ?? '';
    const lines = main.split('\n').filter((line) => line.trim() !== '');
    expect(main).toContain('createMfa');
    expect(lines.length).toBeLessThanOrEqual(12);
  });

  it('names each of its blocks, and each is run here', () => {
    const own = readFileSync(__filename, 'utf8');
    for (const { language, name, code } of readBlocks()) {
      if (language === 'sh') continue;
      expect([code, name]).not.toEqual([code, '']);
      expect(own).toMatch(new RegExp(`[(]\\s*'${name}',`));
    }
  });

  it('has blocks that compile as they stand, pasted into a strict app', () => {
    expect(blockErrors()).toEqual([]);
  });

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const shell = readBlocks().filter(({ language }) => language === 'sh');
    expect(shell.map(({ code }) => code.trim())).toEqual([
      'npm install express-mfa express-session ioredis nodemailer',
      'npm install && npm run example',
      'npm install && npm test',
    ]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['example', 'test']));
  });

  describeWithRedis('with Redis', () => {
    let redis: Redis;
    beforeAll(async () => {
      redis = new Redis(redisPort());
      await once(redis, 'ready');
    });
    afterAll(() => redis.quit());

    it('gets a working second factor with its main block', async () => {
      const app = hostApp();
      const transport = nodemailer.createTransport({ jsonTransport: true });
      const mails: string[] = [];
      transport.use('stream', (mail, done) => {
        mails.push(typeof mail.data.text === 'string' ? mail.data.text : '');
        done();
      });
      await runBlock('main', { app, redis, transport, showReports, ...(await users()) });
      const read = () => mails.map(codeIn).findLast(Boolean) ?? '';
      // The first request of all loads modules and scripts, and the limits of the block are short.
      const { email } = row;
      await (await browse(app)).post('/v1/account/sessions/email', { email, password: PASSWORD });
      await pass(app, 'email', read, '/reports');
    });

    it("keeps what is bound in the host's own table with its table block", async () => {
      const db = new Database(':memory:');
      db.exec(
        'CREATE TABLE users (id TEXT PRIMARY KEY, mfa TEXT, mfa_version INTEGER NOT NULL DEFAULT 0)',
      );
      db.run('INSERT INTO users (id) VALUES (?)', [row.id]);
      const { mfa, enrollments } = await runBlock<{
        mfa: Mfa;
        enrollments: { save(next: Enrollment): Promise<boolean> };
      }>('table', { db, redis, ...(await users()) });
      const app = hostApp();
      app.use('/v1', mfa.router);
      const browser = await browse(app);
      await signIn(browser);
      await browser.patch('/v1/account/mfa', { mfa: true }).expect(200);
      const kept = db.get('SELECT mfa, mfa_version FROM users') as {
        mfa: string;
        mfa_version: number;
      };
      const enrollment = JSON.parse(kept.mfa) as Enrollment;
      expect(enrollment).toMatchObject({ userId: row.id, mfa: true, version: kept.mfa_version });
      expect(kept.mfa).not.toContain(row.email);
      expect(await enrollments.save(enrollment)).toBe(false);
      db.close();
    });
  });

  it("completes a sign-in by Appwrite's own SDK with its client block", async () => {
    const mails: string[] = [];
    const mfa = createMfa({
      issuer: 'Acme',
      keys: [randomBytes(32)],
      users: await users(),
      sms: { send: async ({ text }) => mails.push(text) },
      domain: 'acme.example',
      countries: 'all',
    });
    const app = hostApp();
    app.use('/v1', mfa.router);
    const { origin } = await browse(app);
    const restore = keepCookies();
    const account = new Account(new Client().setEndpoint(`${origin}/v1`).setProject('acme'));
    const askForCode = async () => mails.map(codeIn).findLast(Boolean);
    await account.createEmailPasswordSession(row.email, PASSWORD);
    await runBlock('client', { account, email: row.email, password: PASSWORD, askForCode });
    expect(mails.filter(codeIn)).toHaveLength(1);
    await expect(account.get()).resolves.toMatchObject({ email: row.email, mfa: true });
    restore();
  });

  it('signs in and out by the routes of its login block', async () => {
    const app = hostApp();
    const mfa = createMfa({ issuer: 'Acme', keys: [randomBytes(32)], users: await users() });
    const checkPassword = async (email: string, password: string) =>
      email === row.email && password === PASSWORD ? row : undefined;
    await runBlock('login', { app, mfa, checkPassword });
    app.get('/reports', mfa.requireAllFactors(), showReports);
    const browser = await browse(app);
    await browser.post('/login', { email: row.email, password: 'wrong' }).expect(401);
    await browser
      .post('/login', { email: row.email, password: PASSWORD })
      .expect(200, { next: '/' });
    await browser.get('/reports').expect(200);
    await browser.post('/logout').expect(200);
    await browser.get('/reports').expect(401);
  });

  it('resets and changes passwords by its reset block, which signs nobody in [REC-8]', async () => {
    const app = hostApp();
    const mfa = createMfa({
      issuer: 'Acme',
      keys: [randomBytes(32)],
      users: await users(),
      email: { send: async () => undefined },
    });
    app.use('/v1', mfa.router);
    const changed: string[] = [];
    await runBlock('reset', {
      app,
      mfa,
      resetPassword: async (token: string) => (token === 'right' ? row : undefined),
      changePassword: async (id: string) => changed.push(id),
    });
    app.get('/reports', mfa.requireAllFactors(), showReports);
    const owner = await browse(app);
    await signIn(owner);
    await owner.patch('/v1/account/mfa', { mfa: true }).expect(200);
    await owner.get('/reports').expect(200);
    await owner.post('/change-password', { password: 'x' }).expect(401);
    expect(changed).toEqual([]);

    const browser = await browse(app);
    await browser.post('/reset-password', { token: 'wrong' }).expect(400);
    await owner.get('/reports').expect(200);
    await browser.post('/reset-password', { token: 'right' }).expect(200);
    await owner.get('/reports').expect(401);
    await browser.get('/reports').expect(401);
    await signIn(browser);
    const { body } = await browser.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required' });
  });

  it("guards by the host's word of its passport block", async () => {
    const app = hostApp();
    const passport = {
      session: () => (req: Request, _res: Response, next: () => void) => {
        if (req.get('x-user')) Object.assign(req, { user: { id: req.get('x-user') } });
        next();
      },
    };
    await runBlock('passport', { app, passport, ...(await users()) });
    app.get('/admin', showReports);
    const browser = await browse(app);
    await browser.get('/admin').expect(401);
    await browser.get('/admin').set('x-user', row.id).expect(200);
    await browser.get('/admin').set('x-user', 'nobody').expect(401);
  });

  it('leads a browser to its pages and back with its pages block, and dresses them with its brand block', async () => {
    const mfaOf = async () =>
      createMfa({ issuer: 'Acme', keys: [randomBytes(32)], users: await users() });
    const app = hostApp();
    app.use(express.urlencoded({ extended: false }));
    const mfa = await mfaOf();
    const checkPassword = async (email: string, password: string) =>
      email === row.email && password === PASSWORD ? row : undefined;
    await runBlock('pages', { app, mfa, checkPassword, showAccount: showReports });
    const browser = await browse(app);
    const open = (path: string) => browser.get(path).set('accept', 'text/html');
    const { headers } = await open('/account').expect(303);
    expect(headers.location).toBe('/login?returnTo=%2Faccount');
    const login = (password: string) =>
      browser.agent
        .post(headers.location ?? '')
        .type('form')
        .send({ email: row.email, password });
    await login('wrong').expect(303).expect('location', '/login?wrong');
    await login(PASSWORD).expect(303).expect('location', '/account');
    await open('/account').expect(200);
    await open('/security').expect(200).expect(/Acme/);

    const other = hostApp();
    await runBlock('brand', { app: other, mfa: await mfaOf() });
    const visitor = await browse(other);
    await visitor.get('/security').expect(303).expect('location', '/login?returnTo=%2Fsecurity');
  });

  it('sends SMS with its sms block', async () => {
    const api = await startVonageApi();
    const vonage = new Vonage(new Auth({ apiKey: 'k', apiSecret: 's' }), { apiHost: api.url });
    const { mfa } = await runBlock<{ mfa: Mfa }>('sms', { vonage, ...(await users()) });
    const app = hostApp();
    app.use('/v1', mfa.router);
    app.get('/reports', mfa.requireAllFactors(), showReports);
    const texts = () => api.requests.map(({ body }) => String(body['text']));
    const text = () => texts().findLast(codeIn) ?? '';
    await pass(app, 'phone', () => codeIn(text()) ?? '', '/reports');
    expect(text().split('\n').at(-1)).toMatch(/^@acme\.example #\d{6}$/);
    await api.close();
  });

  it('sends no SMS to a number that its risk block does not want [DEL-14]', async () => {
    const swapped = { at: 0 };
    const carrier = { lastSwap: async () => ({ swappedAt: swapped.at }) };
    const sent: string[] = [];
    const { users: own } = await runBlock<Pick<MfaOptions, 'users'>>('risk', {
      carrier,
      ...(await users()),
    });
    const mfa = createMfa({
      issuer: 'Acme',
      keys: [randomBytes(32)],
      users: own,
      sms: { send: async ({ text }) => sent.push(text) },
      domain: 'acme.example',
      countries: 'all',
    });
    const app = hostApp();
    app.use('/v1', mfa.router);
    const browser = await browse(app);
    await signIn(browser);
    swapped.at = Date.now();
    await browser.post('/v1/account/mfa/challenges', { factor: 'phone' }).expect(503);
    expect(sent).toEqual([]);
    swapped.at = 0;
    await browser.post('/v1/account/mfa/challenges', { factor: 'phone' }).expect(201);
    expect(sent).toHaveLength(1);
  });

  it('sends by the sender of its sender block', async () => {
    const sent: string[] = [];
    const gateway = {
      deliver: async (to: string, text: string) => {
        sent.push(`${to} ${text}`);
      },
    };
    const { sms } = await runBlock<{ sms: Sender }>('sender', { gateway });
    const mfa = createMfa({
      issuer: 'Acme',
      keys: [randomBytes(32)],
      users: await users(),
      sms,
      domain: 'acme.example',
      countries: ['DE'],
    });
    const app = hostApp();
    app.use('/v1', mfa.router);
    app.get('/reports', mfa.requireAllFactors(), showReports);
    const read = () => sent.map((one) => / (\d{6}) /.exec(one)?.[1]).findLast(Boolean) ?? '';
    await pass(app, 'phone', read, '/reports');
  });

  it('tells owners by the function of its notices block', async () => {
    const queued: object[] = [];
    const scope = { queue: { add: (job: object) => queued.push(job) } };
    const { notify } = await runBlock<Required<Pick<MfaOptions, 'notify'>>>('notices', scope);
    const mfa = createMfa({
      issuer: 'Acme',
      keys: [randomBytes(32)],
      users: await users(),
      ...(notify === undefined ? {} : { notify }),
    });
    const app = hostApp();
    app.use('/v1', mfa.router);
    const browser = await browse(app);
    await signIn(browser);
    await browser.patch('/v1/account/mfa', { mfa: true }).expect(200);
    await everythingSent();
    const told = { template: 'mfa_switched_on', at: expect.any(Number) };
    expect(queued).toEqual([{ channel: 'email', to: row.email, ...told }]);
  });

  it('guards as its guards block says', async () => {
    const mfa = createMfa({
      issuer: 'Acme',
      keys: [randomBytes(32)],
      users: await users(),
    });
    const app = hostApp();
    app.use('/v1', mfa.router);
    await runBlock('guards', { app, mfa, showReports, pay: showReports });
    app.use(showReports);
    const browser = await browse(app);
    await browser.get('/admin/x').expect(401);
    await signIn(browser);
    await browser.get('/admin/x').expect(200);
    await browser.get('/reports').expect(200);
    const stale = await browser.post('/payout').expect(401);
    expect(stale.body).toMatchObject({ type: 'user_more_factors_required' });
    await browser.get('/staff').expect(401);
    const weak = await browser.get('/payroll').expect(401);
    expect(weak.body).toMatchObject({ type: 'user_more_factors_required' });
    expect(weak.headers['www-authenticate']).toContain('acr_values="aal2"');
  });

  it('asks for the second factor on an upgrade with its check block', async () => {
    const mfa = createMfa({ issuer: 'Acme', keys: [randomBytes(32)], users: await users() });
    const sessions = session({ secret: 'x', resave: false, saveUninitialized: false });
    const app = express();
    app.use(sessions);
    app.use('/v1', mfa.router);
    const server = createServer(app);
    const sockets = {
      handleUpgrade: (_req: unknown, socket: Socket) =>
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    };
    await runBlock('check', { server, sessions, mfa, sockets });
    // Of a socket nobody listens to, one reset by its client ends the process (attack A36).
    const heard: number[] = [];
    server.on('upgrade', (_req, socket) => heard.push(socket.listenerCount('error')));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const browser = new Browser(`http://127.0.0.1:${port}`);
    const upgrade = async (cookie = '') => {
      const headers = { Connection: 'Upgrade', Upgrade: 'websocket', Cookie: cookie };
      return (await sendRaw(port, rawRequest('GET', '/', headers))).status;
    };
    expect(await upgrade()).toBe(401);
    await signIn(browser);
    expect(await upgrade(`connect.sid=${browser.cookie()}`)).toBe(101);
    expect(heard).toEqual([1, 1]);
    server.closeAllConnections();
    server.close();
  });

  it('lists what no guard stands before with its unguarded block', async () => {
    const mfa = createMfa({ issuer: 'Acme', keys: [randomBytes(32)], users: await users() });
    const app = hostApp();
    app.use('/v1', mfa.router);
    app.get('/reports', mfa.requireAllFactors(), showReports);
    app.route('/login').get(showReports).post(showReports);
    app.use('/public', express.static('.'));
    const { open: found } = await runBlock<{ open: string[] }>('unguarded', { app, mfa });
    const { code } = readBlocks().find(({ name }) => name === 'unguarded') ?? { code: '' };
    expect(code).toContain(`['${found.join("', '")}']`);
  });

  it('takes the limits of its block, and keeps the others at their defaults', async () => {
    const { limits } = await runBlock<Pick<MfaOptions, 'limits'>>('limits', {});
    const settled = settleOptions({
      issuer: 'Acme',
      keys: [randomBytes(32)],
      users: await users(),
      limits,
    });
    expect(settled.limits).toMatchObject({
      ...limits,
      account: [{ limit: 6 }, { limit: 15 }],
      conversion: { atLeast: 50, share: 0.3 },
    });
  });

  it('rotates keys and hears events as its blocks say', async () => {
    process.env.MFA_KEY_BEFORE = randomBytes(32).toString('base64');
    const { keys } = await runBlock<Pick<MfaOptions, 'keys'>>('keys', {});
    delete process.env.MFA_KEY_BEFORE;
    const heard: MfaEvent[] = [];
    const scope = { log: { info: (event: MfaEvent) => heard.push(event) }, alertOwner: () => {} };
    const { onEvent } = await runBlock<Pick<MfaOptions, 'onEvent'>>('events', scope);
    const fault = { type: 'fault', at: 1 } as const;
    onEvent?.({ ...fault, error: new MfaError('contended', 'Too many at once.') });
    onEvent?.({ ...fault, error: new Error('SELECT * FROM secrets') });
    expect(heard.splice(0)).toEqual([
      { ...fault, code: 'contended', message: 'Too many at once.' },
      fault,
    ]);
    const app = hostApp();
    const mfa = createMfa({
      issuer: 'Acme',
      keys,
      users: await users(),
      ...(onEvent ? { onEvent } : {}),
    });
    app.use('/v1', mfa.router);
    await signIn(await browse(app));
    expect(heard).toContainEqual(expect.objectContaining({ type: 'signed_in', userId: row.id }));
  });
});
