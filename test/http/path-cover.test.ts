import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import type { IRouter, RequestHandler } from 'express';
import type express5 from 'express';

import { marked } from '../../lib/http/marks.ts';
import { coversBelow, readPath, UNTOLD } from '../../lib/http/path-cover.ts';
import { unguardedRoutes } from '../../lib/http/unguarded.ts';
import { EXPRESS } from '../support/app.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';

describe('coversBelow', () => {
  const path = (text: string) => readPath({ text, syntax: 'Express 5' }, {});

  it.each([
    ['/', '/admin', true],
    ['/admin', '/admin/users', true],
    ['/admin', '/Admin', true],
    ['/admin/:id', '/admin/7', true],
    ['/admin', '/administration', false],
    ['/admin/users', '/admin', false],
    ['/admin/', '/admin', true],
    ['admin', '/admin', false],
    ['//admin', '/admin', false],
    ['/admin//users', '/admin/users', false],
  ])('takes a guard at %s for one of %s: %j', (guard, route, covered) => {
    expect(coversBelow(path(guard), path(route))).toBe(covered);
  });

  it('never takes a mount that is not told for another that is not told [GRD-1]', () => {
    const untold = readPath(UNTOLD, {});
    expect(coversBelow(untold, untold)).toBe(false);
    expect(coversBelow(untold, [...untold, ...path('/users')])).toBe(false);
    expect(coversBelow(path('/'), untold)).toBe(true);
  });
});

type Given = string | RegExp | readonly (string | RegExp)[];
/** What is given to Express, and in a router where that is mounted. */
type Way = readonly [how: 'use' | 'get' | 'all', path: Given, mount?: Given];
/** Where a guard stands, where a route behind it is, and what is asked for. */
type Case = readonly [guard: Way, route: Way, target: string];

const PAST: readonly Case[] = [
  [['use', '/admin'], ['get', /admin/], '/superadmin'],
  [['use', '/admin'], ['get', [/admin/, '/admin/x']], '/superadmin'],
  [['use', /admin/], ['get', '/admin'], '/admin'],
  [['use', /^\/admin/], ['get', /^\/admin/], '/administrator'],
  [['use', /\/b$/], ['get', /\/b$/], '/a/b'],
  [['all', /a/], ['get', /a/i], '/A'],
  [['all', /a/], ['get', /b/], '/b'],
];
const PAST_4: readonly Case[] = [
  // There the RegExp of a list loses its flags, and takes those of the router.
  [['all', /a/], ['get', [/a/]], '/A'],
  [['all', /a/g], ['get', /a/g], '/a'],
  [['use', '/a.b'], ['use', /^\/a.b\/?(?=\/|$)/i], '/axb'],
  [['use', /^\/:x\/?(?=\/|$)/i], ['get', '/y'], '/y'],
  // Texts are RegExps there.
  [['use', '/admin'], ['get', '/admin/?x'], '/adminx'],
  [['use', '/admin'], ['get', '/admin/a|b'], '/b'],
  // A mount of no text, or of a slash in a list, takes a slash.
  [['use', '/x'], ['get', '/x', ''], '//x'],
  [['all', '/'], ['get', '/', ['/']], '//'],
  [['use', '/a/*'], ['get', '/*', '/a'], '/a'],
  // No path, but Node takes it.
  [['all', '/*'], ['get', '*'], '*admin'],
  [['use', ['/']], ['get', '*'], '*'],
  [['all', '/*'], ['get', /admin/], '*admin'],
];
const PAST_5: readonly Case[] = [
  // In a list a slash is hardly more than itself, and a RegExp stands in the way of the others.
  [['use', ['/', '/x']], ['get', '/admin'], '/admin'],
  [['use', [/^\/a/, '/*rest']], ['get', '/admin'], '/admin'],
  [['all', ''], ['get', '/'], '//'],
  [['use', '/a//x'], ['get', '/x', '/a//'], '/a/x'],
  [['use', '/a/{*rest}'], ['get', '/{*rest}', '/a'], '/a'],
  [['all', '/{*rest}'], ['get', '{*rest}'], '*admin'],
  [['all', '/{*rest}'], ['get', /admin/], '*admin'],
  [['use', '/{*rest}'], ['get', '*rest'], '*'],
];
const WILD_4: readonly Case[] = [
  [['all', '/{*path}'], ['get', '/admin'], '/admin'],
  [['all', '/*path'], ['get', '/admin'], '/admin'],
  [['all', '/admin/*rest'], ['get', '/admin/users'], '/admin/users'],
];
const COVERED: readonly Case[] = [
  [['use', '/'], ['get', /admin/], '/superadmin'],
  [['all', /admin/], ['get', /admin/], '/superadmin'],
  [['use', /^\/admin/], ['use', /^\/admin/], '/admin/x'],
];
const COVERED_4: readonly Case[] = [
  [['all', '*'], ['get', /admin/], '/superadmin'],
  [['all', '/*'], ['get', '/admin'], '/admin'],
  [['use', ['/', '/x']], ['get', '/admin'], '/admin'],
  [['all', '*'], ['get', '*'], '*admin'],
  [['all', '/*'], ['get', /^\/admin/], '/admin'],
  [['use', '/admin'], ['get', String.raw`/admin/:id(\d+)?`], '/admin/7'],
  [['use', '/admin'], ['get', '/admin/(a|b)'], '/admin/b'],
  [['use', '/admin/*'], ['get', '/admin/users'], '/admin/users'],
  [['all', '/admin/*rest'], ['get', '/admin/*rest'], '/admin/prest'],
  [['use', /^\/admin\/?(?=\/|$)/i], ['get', '/admin/x'], '/admin/x'],
];
const COVERED_5: readonly Case[] = [
  [['use', '/'], ['get', '{*rest}'], '*admin'],
  [['all', '{*rest}'], ['get', /admin/], '*admin'],
  [['all', '/{*rest}'], ['get', /^\/admin/], '/admin'],
  [['all', '/{*rest}'], ['get', '{/:language}/about'], '/about'],
  [['all', '/{*path}'], ['get', '/'], '/'],
  [['use', '{*path}'], ['get', '/admin'], '/admin'],
  [['all', '/admin/*rest'], ['get', '/admin/users/:id'], '/admin/users/7'],
];

describe.each(EXPRESS)('a route on %s', (name, framework) => {
  const isExpress4 = name === 'Express 4';
  const guard = marked<RequestHandler>((_req, res) => void res.status(401).end(), 'guard');
  const open: RequestHandler = (_req, res) => void res.send('open');

  /** What such an app lists, and what it answers the second time: a RegExp may remember the first. */
  const tried = async ([[before, at], [how, path, mount], target]: Case) => {
    const app = framework();
    app[before](at as string, guard);
    const router: IRouter = mount === undefined ? app : (framework as typeof express5).Router();
    router[how](path as string, open);
    if (router !== app) app.use(mount as string, router);
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await sendRaw(port, rawRequest('GET', target));
    const { status } = await sendRaw(port, rawRequest('GET', target));
    server.close();
    return { listed: unguardedRoutes(app).length > 0, status };
  };

  it.each([...PAST, ...(isExpress4 ? [...PAST_4, ...WILD_4] : PAST_5)])(
    'is listed behind %p at %p, which GET %s gets past [GRD-1]',
    async (...given) => {
      expect(await tried(given)).toEqual({ listed: true, status: 200 });
    },
  );

  it.each([...COVERED, ...(isExpress4 ? COVERED_4 : COVERED_5)])(
    'is not listed behind %p at %p, which GET %s does not get past [GRD-1]',
    async (...given) => {
      expect(await tried(given)).toEqual({ listed: false, status: 401 });
    },
  );
});
