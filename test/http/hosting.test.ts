import type { Express, Request, Response } from 'express';

import { memoryStore } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, TestApp } from '../support/app.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { addUser, challenge, enrollTotp, signIn, switchOn } from '../support/story.ts';

describe.each(EXPRESS)('the place where it runs, on %s', (_name, framework) => {
  const apps: TestApp[] = [];
  const { NODE_ENV } = process.env;
  const start = async (settings: AppSettings = {}) => {
    const app = await startApp({ framework, store: memoryStore(), ...settings });
    apps.push(app);
    return app;
  };
  afterEach(async () => {
    process.env.NODE_ENV = NODE_ENV;
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  describe('in production', () => {
    const inProduction: typeof start = (settings) => {
      process.env.NODE_ENV = 'production';
      return start(settings);
    };

    it('refuses plain HTTP, whatever a client claims, and says the remedy once [TRN-6]', async () => {
      const app = await inProduction({
        routes: (host: Express, mfa) => {
          host.get('/checked', (req: Request, res: Response, next) => {
            mfa.check(req).then((checked) => res.json(checked), next);
          });
        },
      });
      for (const path of ['/reports', '/v1/account', '/v1/account/mfa/factors']) {
        const request = app.browser().agent.get(path).set('x-forwarded-proto', 'https');
        const { body, headers } = await request.expect(403);
        expect(body).toMatchObject({ code: 403, type: 'general_access_forbidden' });
        expect((body as { message: string }).message).toContain("app.set('trust proxy', 1)");
        expect(headers['set-cookie']).toBeUndefined();
      }
      const user = addUser(app);
      await app.browser().post('/v1/account/sessions/email', user).expect(403);
      const { body } = await app.browser().get('/checked').expect(200);
      expect(body).toMatchObject({ passed: false, code: 403, type: 'general_access_forbidden' });
      expect(app.events.map(({ type, reason }) => [type, reason])).toEqual([
        ['warning', 'plain-http'],
      ]);
      await app.browser().get('/v1/elsewhere').expect(404);
    });

    it('runs no route that it keeps plain HTTP from [TRN-6] [GRD-2]', async () => {
      let runs = 0;
      const app = await inProduction({
        routes: (host: Express, mfa) => {
          host.get('/counted', mfa.requireAllFactors(), (_req: Request, res: Response) => {
            runs += 1;
            res.end();
          });
        },
      });
      await app.browser().get('/counted').expect(403);
      expect(runs).toBe(0);
    });

    it('takes HTTPS that a proxy of its own ended [TRN-6]', async () => {
      const app = await inProduction();
      app.app.set('trust proxy', 1);
      const ask = (proto: string) =>
        app.browser().agent.get('/reports').set('x-forwarded-proto', proto);
      await ask('https').expect(401);
      await ask('http').expect(403);
    });

    it('takes plain HTTP where the host says so [TRN-6]', async () => {
      const app = await inProduction({ hosting: { allowHttp: true } });
      await app.browser().get('/reports').expect(401);
    });
  });

  it.each(['development', 'test', 'Production', ''])(
    'takes plain HTTP when NODE_ENV is "%s" [TRN-6]',
    async (environment) => {
      process.env.NODE_ENV = environment;
      const app = await start();
      await app.browser().get('/reports').expect(401);
    },
  );

  it('waits for no body longer than bodyTimeoutMs, and ends the connection [A36]', async () => {
    const app = await start({ hosting: { bodyTimeoutMs: 50 } });
    const port = Number(new URL(app.browser().origin).port);
    const headers = {
      'X-Requested-With': 'test',
      'Content-Type': 'application/json',
      Connection: 'keep-alive',
    };
    for (const [length, part] of [
      [{ 'Content-Length': '100' }, '{"factor":'],
      [{ 'Content-Length': '100' }, ''],
      [{ 'Transfer-Encoding': 'chunked' }, '5\r\n{"a":\r\n'],
    ] as const) {
      const request = rawRequest('POST', '/v1/account/mfa/challenges', { ...headers, ...length });
      const { status, head, body } = await sendRaw(port, request + part);
      expect([status, body]).toEqual([408, expect.stringContaining('did not arrive in time')]);
      expect(head).toMatch(/^Connection: close$/im);
    }
    expect(app.events).toEqual([]);
    await app.browser().get('/v1/account').expect(401);
  });

  it.each([1, true])(
    'puts no Host that a client names into an answer, a message or a link, with trust proxy %p [TRN-8]',
    async (proxies) => {
      const app = await start();
      app.app.set('trust proxy', proxies);
      const browser = app.browser();
      const seen: string[] = [];
      const forged = {
        host: 'evil-host.example',
        'x-forwarded-host': 'evil-host.example',
        'x-host': 'evil-host.example',
        forwarded: 'host=evil-host.example',
        'x-forwarded-server': 'evil-host.example',
      };
      const ask = async (
        method: 'get' | 'post' | 'put' | 'patch' | 'delete',
        path: string,
        body?: object,
      ) => {
        const request = browser.agent[method](path).set({ ...forged, 'x-requested-with': 'test' });
        const { headers, text } = await (body ? request.send(body) : request);
        seen.push(JSON.stringify(headers), text);
      };
      const user = addUser(app, {
        emailVerified: true,
        phone: '+4915112345678',
        phoneVerified: true,
      });
      await ask('post', '/v1/account/sessions/email', { email: user.email, password: 'wrong' });
      await signIn(browser, user);
      await ask('post', '/v1/account/verifications/email', {});
      await ask('post', '/v1/account/mfa/authenticators/totp', {});
      await ask('post', '/v1/account/mfa/recovery-codes', {});
      await enrollTotp(app, browser);
      await switchOn(browser);
      for (const factor of ['email', 'phone', 'totp']) {
        await ask('post', '/v1/account/mfa/challenges', { factor });
        app.clock.forward(60_000);
      }
      await challenge(browser, 'totp');
      await ask('put', '/v1/account/mfa/challenges', { challengeId: 'x', otp: '000000' });
      for (const path of ['', '/sessions', '/mfa/factors', '/mfa/authenticators', '/sessions/x']) {
        await ask('get', `/v1/account${path}`);
      }
      await ask('get', '/reports');
      await ask('delete', '/v1/account/sessions/current');
      await ask('get', '/reports');
      expect(app.outbox.map(({ channel }) => channel)).toEqual(
        expect.arrayContaining(['email', 'sms']),
      );
      expect(`${seen.join()}${JSON.stringify(app.outbox)}`).not.toContain('evil-host');
    },
  );
});
