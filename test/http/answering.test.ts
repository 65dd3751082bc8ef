import { connect } from 'node:net';

import type { Request, RequestHandler, Response } from 'express';

import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, TestApp } from '../support/app.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { addUser } from '../support/story.ts';

const QUICKER = 'The host was quicker.';
/** A host that gives up on a request while we are about to begin with it. */
const atOnce: RequestHandler = (_req, res, next) => {
  next();
  res.status(503).send(QUICKER);
};
/** A host that gives up while we wait for something. */
const soon: RequestHandler = (_req, res, next) => {
  setTimeout(() => res.status(503).send(QUICKER), 10);
  next();
};
/** A host that gives up while it is asked who comes. */
const meanwhile = ({ res }: Request): string => {
  res?.status(503).send(QUICKER);
  return 'user-1';
};

const broken = (): never => {
  throw new Error('of the host');
};

describe.each(EXPRESS)('an answer on %s', (_name, framework) => {
  const lost: unknown[] = [];
  const lose = (error: unknown): unknown => lost.push(error);
  const heard: unknown[] = [];
  const waiting: (() => void)[] = [];
  let app: TestApp;
  /** What is behind the guard and got a request. */
  const reached: string[] = [];
  const start = async (settings: AppSettings = {}): Promise<void> => {
    app = await startApp({
      framework,
      hosting: { bodyTimeoutMs: 50 },
      onEvent: ({ type, error }) => {
        if (type === 'fault') heard.push(error);
        for (const look of waiting.splice(0)) look();
      },
      ...settings,
      routes: (host, mfa) => {
        host.use('/security', mfa.pages({ path: '/security' }));
        const open = (req: Request, res: Response): void => {
          reached.push(req.path);
          res.send('in');
        };
        const guard = mfa.requireAllFactors();
        host.get('/guarded', guard, open);
        // A guard that the host runs by itself.
        host.get('/composed', (req, res) => guard(req, res, broken));
        settings.routes?.(host, mfa);
      },
    });
  };
  beforeEach(() => {
    process.on('unhandledRejection', lose).on('uncaughtException', lose);
  });
  afterEach(async () => {
    await app.close();
    process.off('unhandledRejection', lose).off('uncaughtException', lose);
    expect(lost.splice(0)).toEqual([]);
    expect(reached.splice(0)).toEqual([]);
    expect(heard.splice(0)).toEqual([]);
  });

  /** What the host hears of, once it is so much. */
  const faults = async (count: number): Promise<readonly unknown[]> => {
    while (heard.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    return heard.splice(0);
  };
  const portOf = (): number => Number(new URL(app.browser().origin).port);

  describe.each([
    ['at once', { before: [atOnce] }],
    ['while we were at it', { identify: meanwhile }],
  ])('is left to a host that answered %s', (_when, settings) => {
    it.each([
      ['a route', 'GET', '/v1/account'],
      ['a route that changes something', 'DELETE', '/v1/account/sessions/current'],
      ['a guard', 'GET', '/guarded'],
      ['a page', 'GET', '/security/challenge'],
      ['a page that is nowhere', 'GET', '/security/nowhere'],
    ])('%s [A36]', async (_what, method, path) => {
      await start(settings);
      addUser(app);
      for (const Accept of ['text/html', 'application/json']) {
        const headers = { 'X-Requested-With': 'test', Accept };
        const { status, body } = await sendRaw(portOf(), rawRequest(method, path, headers));
        expect([status, body]).toEqual([503, QUICKER]);
        expect(await faults(1)).toMatchObject([{ code: 'answered_already' }]);
      }
    });
  });

  it.each([
    ['/v1/account/sessions/email', 'application/json'],
    ['/security/challenge', 'application/x-www-form-urlencoded'],
  ])(
    'to a body for %s that never comes is left to a host that waited shorter [A36]',
    async (path, type) => {
      await start({ before: [soon] });
      const socket = connect(portOf(), '127.0.0.1').resume();
      const headers = { 'X-Requested-With': 'test', 'Content-Type': type, 'Content-Length': '50' };
      socket.write(`${rawRequest('POST', path, { ...headers, Connection: 'keep-alive' })}{`);
      expect(await faults(1)).toMatchObject([{ code: 'answered_already' }]);
      socket.destroy();
    },
  );

  it.each(['/v1/account', '/guarded', '/security'])(
    'of %s tells the host why it knew none, though somebody was quicker',
    async (path) => {
      const identify = (req: Request) => [meanwhile(req), broken()];
      await start({ identify });
      await sendRaw(portOf(), rawRequest('GET', path));
      expect(await faults(2)).toMatchObject([
        { code: 'host_callback_failed' },
        { code: 'answered_already' },
      ]);
    },
  );

  it.each(['/v1/account', '/guarded', '/security'])(
    'of %s is an error where not even the address of a client can be read',
    async (path) => {
      const untrusting: RequestHandler = (req, _res, next) => {
        req.app.set('trust proxy', broken);
        next();
      };
      await start({ before: [untrusting] });
      const request = rawRequest('GET', path, { 'X-Forwarded-For': '192.0.2.1' });
      const { status, head, body } = await sendRaw(portOf(), request);
      expect([status, body]).toEqual([500, '']);
      expect(head).toMatch(/^Cache-Control: no-store$/im);
      expect(await faults(1)).toMatchObject([{ message: 'of the host' }]);
    },
  );

  it.each(['/v1/account', '/guarded', '/security'])(
    'of %s ends the connection where nothing can be answered',
    async (path) => {
      const breaks: RequestHandler = (_req, res, next) => {
        res.end = broken;
        next();
      };
      await start({ before: [breaks] });
      expect((await sendRaw(portOf(), rawRequest('GET', path))).status).toBe(0);
      expect(await faults(1)).toMatchObject([{ message: 'of the host' }]);
    },
  );

  it('is an error where what goes on behind a guard throws at once', async () => {
    await start({ identify: () => 'user-1' });
    addUser(app);
    const { status } = await sendRaw(portOf(), rawRequest('GET', '/composed'));
    expect(status).toBe(500);
    expect(await faults(1)).toMatchObject([{ message: 'of the host' }]);
  });
});
