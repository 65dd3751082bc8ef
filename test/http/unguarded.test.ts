import type { Express, IRouter, Request, RequestHandler, Response, Router } from 'express';
import express5 from 'express';
import express4 from 'express4';
import session from 'express-session';
import supertest from 'supertest';

import { MfaError } from '../../lib/index.ts';
import type { Mfa } from '../../lib/index.ts';
import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

type Framework = typeof express5;
const BOTH: readonly (readonly [string, Framework])[] = [
  ['Express 5', express5],
  ['Express 4', express4 as unknown as Framework],
];
const answer: RequestHandler = (_req: Request, res: Response) => {
  res.json({});
};

describe.each(BOTH)('unguarded on %s', (name, framework) => {
  const isExpress4 = name === 'Express 4';
  let host: TestApp;
  let mfa: Mfa;
  let app: Express;
  beforeAll(async () => {
    host = await startApp({ framework });
    ({ mfa } = host);
  });
  afterAll(() => host.close());
  beforeEach(() => {
    app = framework();
  });
  const routerWith = (build: (router: Router) => void, options = {}): Router => {
    const router = framework.Router(options);
    build(router);
    return router;
  };

  it('lists the routes without a guard by method and path, in their order [GRD-1] [A31]', () => {
    app.get('/login', answer);
    app.post('/login', answer);
    app.get('/reports', mfa.requireAllFactors(), answer);
    app.route('/orders/:id').get(answer).delete(mfa.requireAllFactors(), answer);
    app.all('/anything', answer);
    expect(mfa.unguarded(app)).toEqual([
      'GET /login',
      'POST /login',
      'GET /orders/:id',
      'ALL /anything',
    ]);
  });

  it('lists nothing of an app without routes, nor the MFA endpoints of its own', () => {
    expect(mfa.unguarded(app)).toEqual([]);
    app.use('/v1', mfa.router);
    expect(mfa.unguarded(app)).toEqual([]);
    expect(mfa.unguarded(host.app)).toEqual([]);
  });

  it('lists what comes before a guard of app.use, and nothing behind it [GRD-1]', () => {
    app.get('/before', answer);
    app.use(mfa.requireAllFactors());
    app.get('/behind', answer);
    app.use('/files', answer);
    app.use(
      '/nested',
      routerWith((router) => router.get('/deep', answer)),
    );
    expect(mfa.unguarded(app)).toEqual(['GET /before']);
  });

  it('lists what a guarded path does not cover [GRD-1]', () => {
    app.use('/admin', mfa.requireAllFactors());
    app.get('/admin', answer);
    app.get('/Admin/users', answer);
    app.get('/admin/:id/edit', answer);
    app.get('/administration', answer);
    app.get('/:section/users', answer);
    app.get(/^\/admin\/.*$/, answer);
    app.get(isExpress4 ? '/admin?/x' : '/admin{/x}', answer);
    expect(mfa.unguarded(app)).toEqual([
      'GET /administration',
      'GET /:section/users',
      String.raw`GET /^\/admin\/.*$/`,
      isExpress4 ? 'GET /admin?/x' : 'GET /admin{/x}',
    ]);
  });

  it('names the routes of nested routers by their whole path [GRD-1]', () => {
    const users = routerWith((router) => {
      router.get('/', answer);
      router.put('/:name', answer);
      router.delete('/:name', mfa.requireAllFactors(), answer);
    });
    const api = routerWith((router) => {
      router.use('/users', users);
      router.use(mfa.requireAllFactors());
      router.get('/secret', answer);
    });
    app.use(['/api/v1', '/api/:version.json'], api);
    app.get('/elsewhere', answer);
    expect(mfa.unguarded(app)).toEqual([
      'GET /api/v1/users',
      'PUT /api/v1/users/:name',
      'GET /api/:version.json/users',
      'PUT /api/:version.json/users/:name',
      'GET /elsewhere',
    ]);
  });

  it('counts a guard in front of a router, and one inside for the routes inside only [GRD-1]', () => {
    const open = () => routerWith((router) => router.get('/x', answer));
    app.use('/a', mfa.requireAllFactors(), open());
    app.use(
      '/b',
      routerWith((router) => router.use(mfa.requireAllFactors())),
      open(),
    );
    app.use(/^\/c/, mfa.requireAllFactors());
    app.use('/c', open());
    app.use(/^\/f\/?(?=\/|$)/, mfa.requireAllFactors());
    app.use('/f', open());
    app.use('/d/:id', mfa.requireAllFactors());
    app.use('/d/:name', open());
    app.use(isExpress4 ? '/e/*' : '/e/*rest', mfa.requireAllFactors());
    app.use('/e/f', open());
    app.use('/e', answer);
    expect(mfa.unguarded(app)).toEqual(['GET /b/x', 'GET /c/x', 'GET /f/x', 'USE /e']);
  });

  it('counts a guard of an earlier route for its own methods and path only [GRD-1] [A30]', () => {
    app.get('/a', mfa.requireAllFactors());
    app.all('/b', mfa.requireAllFactors());
    app.route('/c').get(answer).all(mfa.requireAllFactors());
    for (const path of ['/a', '/b', '/b/below', '/c']) app.route(path).get(answer).post(answer);
    app.get('/late', answer, mfa.requireAllFactors());
    app.route('/first').all(mfa.requireAllFactors()).get(answer).put(answer);
    app.all(isExpress4 ? '*' : '/{*all}', mfa.requireAllFactors());
    app.get('/end', answer);
    expect(mfa.unguarded(app)).toEqual([
      'GET /c',
      'POST /a',
      'GET /b/below',
      'POST /b/below',
      'POST /c',
      'GET /late',
    ]);
  });

  it('counts a guard of GET for no HEAD that its route answers otherwise [GRD-1] [A30]', async () => {
    const pass: RequestHandler = (_req, _res, next) => next();
    app.route('/a').head(pass).get(mfa.requireAllFactors());
    app.route('/b').head(mfa.requireAllFactors()).get(mfa.requireAllFactors());
    for (const path of ['/a', '/b']) app.get(path, answer);
    expect(mfa.unguarded(app)).toEqual(['HEAD /a', 'GET /a']);
    await supertest(app).head('/a').expect(200);
  });

  it('tells upper from lower case where the guard does and the route does not [GRD-1]', () => {
    const strict = framework.Router({ caseSensitive: true });
    strict.use('/admin', mfa.requireAllFactors());
    strict.get('/admin/a', answer);
    strict.get('/Admin/b', answer);
    strict.use(
      '/',
      routerWith((router) => router.get('/admin/c', answer)),
    );
    app.use(strict);
    expect(mfa.unguarded(app)).toEqual(['GET /Admin/b', 'GET /admin/c']);
  });

  it('tells a slash at the end of a path where the router is strict [GRD-1] [A29]', () => {
    const fill = (router: IRouter): void => {
      router.get('/a', mfa.requireAllFactors());
      router.get('/b/', mfa.requireAllFactors());
      for (const path of ['/', '/a', '/a/', '/b', '/b/']) router.get(path, answer);
    };
    app.enable('strict routing');
    fill(app);
    const strict = framework.Router({ strict: true });
    fill(strict);
    app.use('/r', strict);
    expect(mfa.unguarded(app)).toEqual([
      'GET /',
      'GET /a/',
      'GET /b',
      'GET /r/',
      'GET /r/a/',
      'GET /r/b',
    ]);
  });

  it('counts a guard for both, a slash at the end and none, where nothing there is strict [GRD-1]', () => {
    app.all(['/a', '/b/'], mfa.requireAllFactors());
    app.use('/c/', mfa.requireAllFactors());
    const strict = framework.Router({ strict: true });
    strict.use('/d/', mfa.requireAllFactors());
    for (const path of ['/a', '/b', '/c', '/d']) strict.get([path, `${path}/`], answer);
    app.use(strict);
    expect(mfa.unguarded(app)).toEqual([]);
  });

  it('counts no guard whose path has a slash too many, or none before it [GRD-1] [A29]', () => {
    app.use(['admin', '//admin'], mfa.requireAllFactors());
    app.get(['a', '/a//', '//a'], mfa.requireAllFactors());
    app.get('/a//b', mfa.requireAllFactors());
    for (const path of ['/admin', '/a', '/a/b']) app.get(path, answer);
    expect(mfa.unguarded(app)).toEqual(['GET /admin', 'GET /a', 'GET /a/b']);
  });

  it('takes two slashes at the end for more than one [GRD-1] [A29]', () => {
    app.get('/a', mfa.requireAllFactors());
    app.use('/b//', mfa.requireAllFactors());
    app.get(['/a//', '/b/c'], answer);
    // At the end of a mount Express 5 looks at none of them.
    expect(mfa.unguarded(app)).toEqual(['GET /a/', ...(isExpress4 ? ['GET /b/c'] : [])]);
  });

  it('lists each route that a second slash behind a mount leads to, past a guard [GRD-1] [A29]', async () => {
    app.use('/a/x', mfa.requireAllFactors());
    app.all(['/b', '/c/x'], mfa.requireAllFactors());
    app.use(['/d', isExpress4 ? '/e/*' : '/e/*rest'], mfa.requireAllFactors());
    for (const mount of ['/a', '/b', '/c', '/d', '/e']) {
      app.use(
        mount,
        routerWith((router) => router.get('/x', answer).get('/', answer)),
      );
    }
    const listed = mfa.unguarded(app);
    for (const route of ['/a/x', '/b', '/c/x', '/d', '/d/x', '/e/x']) {
      const { status } = await supertest(app).get(route.replace(/^\/./, '$&/'));
      expect([route, status === 200 && !listed.includes(`GET ${route}`)]).toEqual([route, false]);
    }
    expect(listed).toEqual([
      ...(isExpress4 ? ['GET /a/x'] : []),
      'GET /a',
      'GET /b/x',
      'GET /b',
      ...(isExpress4 ? ['GET /c/x'] : []),
      'GET /c',
      'GET /e',
    ]);
  });

  it('counts no guard of a strict router for a route elsewhere, whose slash may differ [GRD-1]', () => {
    const strict = framework.Router({ strict: true });
    strict.all('/a', mfa.requireAllFactors());
    strict.get('/a', answer);
    strict.use(routerWith((router) => router.get('/a', answer)));
    app.use('/s', strict);
    expect(mfa.unguarded(app)).toEqual(['GET /s/a']);
  });

  it('lists static files, mounted apps and functions on a path, but no parsers, sessions and error handlers [A31]', () => {
    const other = framework();
    other.get('/inside', answer);
    app.use(framework.json(), session({ secret: 'x', resave: false, saveUninitialized: false }));
    app.use('/public', framework.static('.'));
    app.use(framework.static('.'));
    app.use(other);
    app.use('/graphql', answer);
    app.use('/failed', ((_e: Error, _q: Request, _s: Response, _n: () => void) => {}) as never);
    app.use('/admin', mfa.requireAllFactors(), framework.static('.'), other);
    expect(mfa.unguarded(app)).toEqual(['USE /public', 'USE /', 'USE /graphql']);
    expect(mfa.unguarded(other)).toEqual(['GET /inside']);
  });

  it('leaves out exceptions by their exact name, and refuses one that is not needed [GRD-1]', () => {
    app.get('/login', answer);
    app.get('/reports', mfa.requireAllFactors(), answer);
    expect(mfa.unguarded(app, { except: ['GET /login'] })).toEqual([]);
    for (const route of ['GET /reports', 'GET /log', 'get /login', '/login', 'POST /login']) {
      expect(() => mfa.unguarded(app, { except: [route] })).toThrow(MfaError);
    }
  });

  it.each([{}, null, () => {}, 'app'])('refuses %p, which is no app', (value) => {
    expect(() => mfa.unguarded(value as object)).toThrow(
      'unguarded() expects an Express app or router.',
    );
  });
});
