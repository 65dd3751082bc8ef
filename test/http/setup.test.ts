import type { RequestHandler } from 'express';
import { Cluster, Redis } from 'ioredis';
import session from 'express-session';

import { memoryStore, MfaError } from '../../lib/index.ts';
import { redisStore } from '../../lib/redis.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, TestApp } from '../support/app.ts';
import {
  clusterPorts,
  describeWithRedis,
  redisPort,
  startRedis,
  uniquePrefix,
} from '../support/redis-harness.ts';
import { addUser, answer, challenge, signIn, totpCode, userWithTotp } from '../support/story.ts';

const sessions = (more: Partial<session.SessionOptions> = {}): RequestHandler =>
  session({ secret: 'x', resave: false, saveUninitialized: false, ...more });

/** A store of sessions that is not the one for development. */
class KeptElsewhere extends session.MemoryStore {}

const SAFE: session.SessionOptions = {
  secret: 'x',
  store: new KeptElsewhere(),
  cookie: { secure: true, httpOnly: true, sameSite: 'lax' },
};

describe.each(EXPRESS)('the set-up around it on %s', (_name, framework) => {
  const apps: TestApp[] = [];
  const { NODE_ENV } = process.env;
  const start = async (settings: AppSettings & { handler?: RequestHandler } = {}) => {
    const { handler, ...rest } = settings;
    const app = await startApp({
      framework,
      store: memoryStore(),
      ...(handler ? { withSession: false, before: [handler] } : {}),
      ...rest,
    });
    app.app.set('trust proxy', 1);
    apps.push(app);
    return app;
  };
  const inProduction: typeof start = (settings) => {
    process.env.NODE_ENV = 'production';
    return start(settings);
  };
  afterEach(async () => {
    process.env.NODE_ENV = NODE_ENV;
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });
  const ask = (app: TestApp, path = '/reports') =>
    app.browser().agent.get(path).set('x-forwarded-proto', 'https');
  const warned = (app: TestApp) =>
    app.events.filter(({ type }) => type === 'warning').map(({ reason }) => reason);

  describe('in production', () => {
    it.each<readonly [string, Partial<session.SessionOptions>]>([
      ['cookie-secure', { ...SAFE, cookie: { httpOnly: true, sameSite: 'lax' } }],
      ['cookie-http-only', { ...SAFE, cookie: { secure: true, httpOnly: false, sameSite: 'lax' } }],
      ['cookie-same-site', { ...SAFE, cookie: { secure: true, httpOnly: true } }],
      ['cookie-same-site', { ...SAFE, cookie: { secure: true, httpOnly: true, sameSite: 'none' } }],
      ['session-store', { ...SAFE, store: new session.MemoryStore() }],
    ])('warns once of %s, and refuses it in strict mode [SES-6]', async (reason, options) => {
      const mild = await inProduction({ handler: sessions(options) });
      for (const path of ['/reports', '/v1/account', '/reports']) await ask(mild, path).expect(401);
      expect(warned(mild)).toEqual([reason]);
      const [{ error }] = mild.events.filter(({ type }) => type === 'warning') as unknown as [
        MfaErrorEvent,
      ];
      expect(error).toBeInstanceOf(MfaError);
      expect(error).toMatchObject({ code: 'setup_unsafe' });

      const strict = await inProduction({ handler: sessions(options), hosting: { strict: true } });
      for (const path of ['/reports', '/v1/account']) {
        const { body } = await ask(strict, path).expect(500);
        expect(body).toMatchObject({ type: 'general_server_error', message: 'Server Error' });
      }
      expect(warned(strict)).toEqual([reason]);
      const faults = strict.events.filter(({ type }) => type === 'fault');
      expect(faults.map((fault) => fault.error)).toEqual([error, error]);
    });

    it.each<readonly [string, session.CookieOptions, session.CookieOptions, readonly string[]]>([
      ['safe', { sameSite: 'lax' }, { secure: true, sameSite: 'lax' }, []],
      ['unsafe', { secure: true, sameSite: 'lax' }, { sameSite: 'lax' }, ['cookie-secure']],
    ])(
      'judges %s settings by themselves, not by a session that was saved before they were so [SES-6]',
      async (_what, before, after, warnings) => {
        const store = new KeptElsewhere();
        const earlier = await inProduction({
          handler: sessions({ store, cookie: before }),
          routes: (host) => {
            host.get('/visit', (req, res) => {
              Object.assign(req.session, { seen: true });
              res.json({});
            });
          },
        });
        const { headers } = await ask(earlier, '/visit').expect(200);
        // A store makes sessions by the settings of the last app that was given it.
        const app = await inProduction({
          handler: sessions({ store, cookie: after }),
          hosting: { strict: true },
        });
        const [cookie = ''] = (headers['set-cookie'] as unknown as string[])[0]?.split(';') ?? [];
        expect(cookie).toContain('connect.sid=');
        for (let round = 0; round < 2; round += 1) {
          await ask(app).set('cookie', cookie).expect(401);
          await ask(app, '/v1/account').set('cookie', cookie).expect(401);
        }
        await ask(app).expect(warnings.length > 0 ? 500 : 401);
        expect(warned(app)).toEqual(warnings);
      },
    );

    it('is content with a safe session, also in strict mode [SES-6]', async () => {
      const app = await inProduction({ handler: sessions(SAFE), hosting: { strict: true } });
      await ask(app).expect(401);
      await ask(app, '/v1/account').expect(401);
      expect(app.events).toEqual([]);
    });
  });

  it('says nothing of cookies and stores that are for development [SES-6]', async () => {
    const app = await start({ handler: sessions(), hosting: { strict: true } });
    await ask(app).expect(401);
    expect(app.events).toEqual([]);
  });

  it('warns of sessions that are stored for every visitor, and of no others [SES-6]', async () => {
    const eager = await start({ handler: sessions({ saveUninitialized: true }) });
    for (let round = 0; round < 3; round += 1) await ask(eager).expect(401);
    expect(warned(eager)).toEqual(['save-uninitialized']);

    const strict = await start({
      handler: sessions({ saveUninitialized: true }),
      hosting: { strict: true },
    });
    await ask(strict).expect(401);
    await ask(strict).expect(500);

    const lazy = await start({ handler: sessions({ rolling: true, resave: true }) });
    await ask(lazy).expect(401);
    const browser = lazy.browser();
    await signIn(browser, addUser(lazy));
    await browser.delete('/v1/account/sessions/current').expect(204);
    await browser.get('/reports').expect(401);
    expect(warned(lazy)).toEqual([]);

    const known = await start({ handler: sessions(), identify: (req) => req.get('x-user') });
    const { id } = addUser(known);
    await ask(known).set('x-user', id).expect(200);
    expect(warned(known)).toEqual([]);
  });

  it('warns once of a trust in every proxy, and refuses it in strict mode [THR-9]', async () => {
    const mild = await start();
    const strict = await start({ hosting: { strict: true } });
    for (const app of [mild, strict]) app.app.set('trust proxy', true);
    for (let round = 0; round < 2; round += 1) {
      await ask(mild).expect(401);
      await ask(strict).expect(500);
    }
    expect(warned(mild)).toEqual(['trust-proxy']);
    expect(warned(strict)).toEqual(['trust-proxy']);
  });

  it('warns once of a proxy that names no address, and holds it against nobody [THR-9] [A47]', async () => {
    const app = await start({ hosting: { strict: true } });
    app.app.set('trust proxy', 1);
    for (const named of ['192.0.2.1', '192.0.2.1:4711', '[2001:db8::1]:4711'])
      await ask(app).set('X-Forwarded-For', named).expect(401);
    expect(warned(app)).toEqual([]);
    for (let round = 0; round < 2; round += 1)
      await ask(app).set('X-Forwarded-For', 'unknown').expect(401);
    expect(warned(app)).toEqual(['client-address']);
  });

  it('prints a warning where no one listens, once', async () => {
    const print = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const app = await start({ onEvent: undefined });
    app.app.set('trust proxy', true);
    await ask(app);
    await ask(app);
    const printed = print.mock.calls.map(([text]) => String(text));
    print.mockRestore();
    expect(printed.filter((text) => text.includes('trust proxy'))).toEqual([
      expect.stringMatching(/^express-mfa: setup_unsafe: .*set it to the number of your proxies/),
    ]);
  });

  it('holds plain HTTP against no other request, in strict mode either [TRN-6]', async () => {
    const app = await inProduction({ handler: sessions(SAFE), hosting: { strict: true } });
    await app.browser().agent.get('/reports').expect(403);
    await ask(app).expect(401);
    expect(warned(app)).toEqual(['plain-http']);
  });

  describeWithRedis('on Redis', () => {
    it('tells once that its clock and that of Redis are apart, and takes no more codes for it [AVL-7]', async () => {
      const redis = new Redis(redisPort());
      await new Promise((resolve) => redis.once('ready', resolve));
      let asked = 0;
      const watched = Object.assign(Object.create(redis) as Redis, {
        time: async () => {
          asked += 1;
          return redis.time();
        },
      });
      const settings = { prefix: uniquePrefix(), timeoutMs: 10_000 };
      const app = await start({ store: redisStore(watched, settings), hosting: { strict: true } });
      app.clock.now = Date.now();
      const { user, secret } = await userWithTotp(app);
      expect([warned(app), asked]).toEqual([[], 1]);

      for (const jump of [3_600_000, -7_200_000]) {
        app.clock.now = Date.now() + jump;
        await ask(app).expect(401);
        await until(() => warned(app).length > 0);
      }
      expect([warned(app), asked]).toEqual([['clock'], 3]);
      app.clock.now = Date.now() + 3_600_000;
      const browser = app.browser();
      await signIn(browser, user);
      const id = await challenge(browser, 'totp');
      await answer(browser, id, totpCode(app, secret, -3_600_000)).expect(401);
      await answer(browser, id, totpCode(app, secret)).expect(200);
      redis.disconnect();
    });

    it.each(['allkeys-lru', 'volatile-ttl'])(
      'warns of the eviction policy %s, and refuses it in strict mode [STO-9]',
      async (policy) => {
        const server = await startRedis({
          args: ['--maxmemory-policy', policy, '--rename-command', 'CONFIG', ''],
        });
        const redis = new Redis(server.port);
        await new Promise((resolve) => redis.once('ready', resolve));
        const mild = await start({ store: redisStore(redis) });
        await ask(mild).expect(401);
        await ask(mild).expect(401);
        await until(() => warned(mild).length > 0);
        expect(warned(mild)[0]).toBe('store');
        expect(String(mild.events[0]?.error)).toContain(policy);
        const strict = await start({ store: redisStore(redis), hosting: { strict: true } });
        await ask(strict).expect(500);
        redis.disconnect();
        await ask(await start({ store: redisStore(redis), hosting: { strict: true } })).expect(503);
        await server.stop();
      },
    );

    it('asks every master of a Cluster, and is content with noeviction [STO-9]', async () => {
      const cluster = new Cluster(clusterPorts().map((port) => ({ host: '127.0.0.1', port })));
      await new Promise((resolve) => cluster.once('ready', resolve));
      const masters = cluster.nodes('master');
      expect(await redisStore(cluster).warnings(Date.now)).toEqual([]);
      const evicting = { info: async () => 'maxmemory_policy:allkeys-lfu\r\n' };
      const client = Object.assign(Object.create(cluster) as Cluster, {
        nodes: () => [...masters, evicting],
      });
      expect(await redisStore(client).warnings(Date.now)).toEqual([
        { reason: 'store', message: expect.stringContaining('allkeys-lfu') },
      ]);
      cluster.disconnect();
    });
  });
});

interface MfaErrorEvent {
  readonly error: MfaError;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
