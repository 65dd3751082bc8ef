import { createServer, ServerResponse } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Request, Response } from 'express';
import session from 'express-session';

import { memoryStore, MfaError } from '../../lib/index.ts';
import type { Mfa, Store } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, Browser, TestApp } from '../support/app.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { addUser, signIn, userWithTotp } from '../support/story.ts';

describe.each(EXPRESS)('check on %s', (_name, framework) => {
  const apps: TestApp[] = [];
  const start = async (settings: AppSettings = {}) => {
    const app = await startApp({ framework, ...settings });
    apps.push(app);
    return app;
  };
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));
  const cookieOf = (browser: Browser) => ({ Cookie: `connect.sid=${browser.cookie()}` });

  describe('of a WebSocket upgrade', () => {
    let server: Server;
    let port: number;
    let app: TestApp;
    const listen = async (settings: AppSettings = {}) => {
      const store = new session.MemoryStore();
      const handler = session({ secret: 'x', store, resave: false, saveUninitialized: false });
      app = await start({ withSession: false, before: [handler], ...settings });
      server = createServer(app.app);
      server.on('upgrade', (req, socket) => {
        // What a host writes: its own session handler, then the question.
        handler(req as Request, new ServerResponse(req) as Response, () => {
          app.mfa.check(req).then(
            (checked) =>
              socket.end(
                checked.passed
                  ? `HTTP/1.1 101 Switching Protocols\r\nX-User: ${checked.userId}\r\n\r\n`
                  : `HTTP/1.1 ${checked.code} ${checked.type}\r\n\r\n`,
              ),
            () => socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'),
          );
        });
      });
      port = await new Promise<number>((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
      });
    };
    afterEach(() => server.close());
    const upgrade = (headers: Readonly<Record<string, string>>) =>
      sendRaw(port, rawRequest('GET', '/ws', { ...headers, ...WEBSOCKET }));

    it('refuses half a session with 401 and opens to a complete one [GRD-3] [A31]', async () => {
      await listen();
      const { user, browser } = await userWithTotp(app);
      const half = app.browser();
      await signIn(half, user);
      expect(await upgrade(cookieOf(half))).toMatchObject({
        status: 401,
        head: expect.stringContaining('user_more_factors_required') as string,
      });
      expect(await upgrade({})).toMatchObject({
        status: 401,
        head: expect.stringContaining('general_unauthorized_scope') as string,
      });
      expect(await upgrade(cookieOf(browser))).toMatchObject({
        status: 101,
        head: expect.stringContaining(`X-User: ${user.id}`) as string,
      });
    });

    it('opens to whom `identify` names at first sight, whatever languages their browser asks for [GRD-3]', async () => {
      await listen({ identify: ({ headers }) => headers['x-user'] });
      const { id } = addUser(app);
      const asking = { 'X-User': id, 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.8' };
      expect(await upgrade(asking)).toMatchObject({ status: 101 });
      expect(app.events.filter(({ type }) => type === 'fault')).toEqual([]);
    });
  });

  const answering = (settings: AppSettings = {}) =>
    start({
      ...settings,
      routes: (host, mfa: Mfa) => {
        const asked = (req: Request, res: Response, enrolled: boolean) =>
          mfa.check(req, { enrolled }).then(
            (checked) => res.json(checked),
            (error: unknown) =>
              res.json({ thrown: error instanceof MfaError && (error as MfaError).code }),
          );
        host.get('/graphql', (req, res) => void asked(req, res, false));
        host.get('/enrolled', (req, res) => void asked(req, res, true));
        host.get('/both', mfa.requireAllFactors({ enrolled: true }), (req, res) => {
          res.json({ passed: true, ...req.mfa });
        });
      },
    });

  it('says in a route what the guard would say, and answers nothing itself [GRD-3]', async () => {
    const app = await answering();
    const { user, browser } = await userWithTotp(app);
    const { body } = await browser.get('/graphql').expect(200);
    expect(body).toMatchObject({ passed: true, userId: user.id, factors: ['password', 'totp'] });
    expect((await browser.get('/both')).body).toEqual((await browser.get('/enrolled')).body);
    const single = app.browser();
    await signIn(single, addUser(app));
    await single.get('/graphql').expect(200);
    for (const client of [single, app.browser()]) {
      const guarded = await client.get('/both').expect(401);
      const checked = await client.get('/enrolled').expect(200);
      const { code, type, message } = guarded.body as Record<string, unknown>;
      expect(checked.body).toEqual({ passed: false, code, type, message });
    }
  });

  it('rejects with an MfaError, and tells the fault, when it cannot know [GRD-2] [GRD-3]', async () => {
    const failures: readonly (readonly [() => never, string])[] = [
      [
        () => {
          throw new MfaError('store_unavailable', 'away');
        },
        'store_unavailable',
      ],
      [
        () => {
          throw new TypeError('bug');
        },
        'store_unavailable',
      ],
    ];
    for (const [fail, thrown] of failures) {
      const app = await answering({
        store: { ...memoryStore(), session: fail as Store['session'] },
      });
      const browser = app.browser();
      await signIn(browser, addUser(app));
      expect((await browser.get('/graphql')).body).toEqual({ thrown });
      expect(app.events.filter(({ type }) => type === 'fault')).toHaveLength(1);
    }
    const bug = new TypeError('bug');
    const broken = await start({
      store: { ...memoryStore(), session: () => Promise.reject(bug) },
    });
    const mfa = `${'t'.repeat(43)}.${'i'.repeat(22)}.${'s'.repeat(43)}`;
    await expect(
      broken.mfa.check({ headers: {}, session: { mfa, regenerate() {}, save() {} } } as never),
    ).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('see the cause'),
      cause: bug,
    });
    const without = await start({ withSession: false });
    await expect(without.mfa.check({ headers: {} } as IncomingMessage)).rejects.toMatchObject({
      code: 'session_missing',
    });
  });
});

const WEBSOCKET = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
