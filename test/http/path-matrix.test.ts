import type { Express, Request, Response } from 'express';

import type { Mfa } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { METHODS, PATH, SPELLINGS } from '../support/spellings.ts';
import { signIn, userWithTotp } from '../support/story.ts';

/** express-session opens no session for `*`, which is no path: the guard then answers that it cannot know. */
const refusals = (target: string) => [400, 401, 404, ...(target === '*' ? [500] : [])];

type Reached = (req: Request, res: Response) => void;
const LAYOUTS: readonly (readonly [string, (app: Express, mfa: Mfa, reached: Reached) => void])[] =
  [
    [
      'a guard of its own route for all methods',
      (app, mfa, reached) => app.all(PATH, mfa.requireAllFactors(), reached),
    ],
    [
      'a guard on the path above',
      (app, mfa, reached) => {
        app.use('/admin', mfa.requireAllFactors());
        app.all(PATH, reached);
        app.use('/admin', reached);
      },
    ],
    [
      'a guard for all that follows',
      (app, mfa, reached) => {
        app.use(mfa.requireAllFactors());
        app.all(PATH, reached);
        app.use(reached);
      },
    ],
  ];

describe.each(EXPRESS)('a guarded path on %s', (_name, framework) => {
  describe.each(LAYOUTS)('behind %s', (_layout, build) => {
    let app: TestApp;
    let port: number;
    let complete: string;
    let pending: string;
    let reached: string[];
    beforeAll(async () => {
      app = await startApp({
        framework,
        routes: (host, mfa) => {
          build(host, mfa, (req, res) => {
            reached.push(`${req.method} ${req.originalUrl}`);
            res.json({ secret: 'numbers' });
          });
        },
      });
      const { user, browser } = await userWithTotp(app);
      const half = app.browser();
      await signIn(half, user);
      port = Number(new URL(browser.origin).port);
      [complete, pending] = [browser, half].map((one) => `connect.sid=${one.cookie()}`) as [
        string,
        string,
      ];
    });
    afterAll(() => app.close());
    beforeEach(() => {
      reached = [];
    });

    it.each(METHODS)(
      'is refused to a half session in every spelling by %s [GRD-1] [A29] [A30]',
      async (method) => {
        for (const target of [PATH, ...SPELLINGS]) {
          for (const cookie of [pending, '']) {
            const { status, head, body } = await sendRaw(
              port,
              rawRequest(method, target, { Cookie: cookie, 'X-HTTP-Method-Override': 'GET' }),
            );
            expect([target, refusals(target)]).toEqual([target, expect.arrayContaining([status])]);
            expect(`${head}${body}`).not.toContain('numbers');
          }
        }
        expect(reached).toEqual([]);
      },
    );

    it.each(METHODS)('is open to a complete session by %s, in some spellings', async (method) => {
      for (const target of [PATH, ...SPELLINGS]) {
        await sendRaw(port, rawRequest(method, target, { Cookie: complete }));
      }
      expect(reached).toContain(`${method} ${PATH}`);
      expect(reached).toContain(`${method} /Admin/Report`);
      expect(reached).toContain(`${method} /admin/report?x=/mfa`);
    });
  });

  it('shows of a route that is guarded for GET only which methods it has, and no more [A30]', async () => {
    const reached: string[] = [];
    const app = await startApp({
      framework,
      routes: (host, mfa) => {
        host.get(PATH, mfa.requireAllFactors(), (req, res) => {
          reached.push(req.method);
          res.json({ secret: 'numbers' });
        });
      },
    });
    const port = Number(new URL(app.browser().origin).port);
    for (const method of METHODS) {
      for (const target of [PATH, ...SPELLINGS]) {
        const { status, body } = await sendRaw(port, rawRequest(method, target));
        if (status === 200)
          expect([method, body]).toMatchObject(['OPTIONS', expect.stringMatching(/^GET, ?HEAD$/)]);
        else expect([target, refusals(target)]).toEqual([target, expect.arrayContaining([status])]);
      }
    }
    expect(reached).toEqual([]);
    await app.close();
  });
});
