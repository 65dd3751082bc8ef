import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import type { Express, Router } from 'express';
import express5 from 'express';
import express4 from 'express4';
import fc from 'fast-check';

import { marked } from '../../lib/http/marks.ts';
import { unguardedRoutes } from '../../lib/http/unguarded.ts';
import { runs } from './runs.ts';

type Path = string | RegExp | readonly (string | RegExp)[];
type Way = 'use' | 'get' | 'all';
interface Stage {
  readonly options: { readonly caseSensitive: boolean; readonly strict: boolean };
  readonly guards: readonly { readonly way: Way; readonly path: Path }[];
  /** Where the next router is mounted, or the handler. */
  readonly path: Path;
}

const PATTERNS = [/^\/a/, /\/b$/, /a/, /a/i, /a/g, /^\/a\/?(?=\/|$)/i, /^\/a.b\/?(?=\/|$)/i, /.*/];
const somePath = (pieces: readonly string[], texts: readonly string[]): fc.Arbitrary<Path> => {
  const text = fc.oneof(
    fc.constantFrom('/', '/a', '/a/b', ...texts),
    fc
      .array(fc.constantFrom('/', '/a', '/b', '/A', '/:x', '/:y', 'b', '.b', ...pieces), {
        minLength: 1,
        maxLength: 3,
      })
      .map((all) => all.join('')),
  );
  const one = fc.oneof({ weight: 5, arbitrary: text }, fc.constantFrom(...PATTERNS));
  return fc.oneof({ weight: 5, arbitrary: one }, fc.array(one, { minLength: 1, maxLength: 2 }));
};
const someTarget = fc
  .array(fc.constantFrom('/', '/a', '/b', '/A', '/1', 'a', 'b', '.b', '/%61'), { maxLength: 5 })
  .chain((rest) => fc.constantFrom('/', '/a', '//', '*').map((first) => [first, ...rest].join('')));

describe.each([
  [
    'Express 5',
    express5,
    somePath(
      ['/*p', '{*q}', '*r', '/{*s}', '{/a}', '{b}', '/:x-:z', String.raw`\:`, '|'],
      ['/*p', '/{*p}', '{*p}', '/a/*p', '/a{/:x}', ''],
    ),
  ],
  [
    'Express 4',
    express4 as unknown as typeof express5,
    somePath(
      [
        '*',
        '/*',
        '*p',
        '?',
        '|',
        '+',
        '/(a|b)',
        '/:n?',
        String.raw`/:n(\d+)`,
        '{0}',
        String.raw`\/`,
      ],
      ['*', '/*', '/a/*', '/*p', '/{*p}', '/:x?', String.raw`/a/:x(\d+)`, ''],
    ),
  ],
] as const)('unguarded on %s', (_name, framework, path) => {
  const way = fc.constantFrom<Way>('use', 'get', 'all');
  const flag = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);
  const stage: fc.Arbitrary<Stage> = fc.record({
    options: fc.record({ caseSensitive: flag, strict: flag }),
    guards: fc.array(fc.record({ way, path }), { maxLength: 2 }),
    path,
  });
  const guard = marked(
    (_req: unknown, res: { done(hit: string): void }) => res.done('guard'),
    'guard',
  );
  /** By this name it counts as one that answers where it is mounted for every path, too. */
  const open = function serveStatic(_req: unknown, res: { done(hit: string): void }): void {
    res.done('open');
  };

  /** The one handler of an app in which guards may stand anywhere; undefined where Express takes a path for none. */
  const build = (stages: readonly Stage[], last: Way): Express | undefined => {
    const routers = stages.map(({ options }) => framework.Router(options));
    const app = framework();
    try {
      stages.forEach(({ guards, path: at }, i) => {
        const router = routers[i] as Router;
        for (const one of guards) router[one.way](one.path as string, guard as never);
        const next = routers[i + 1];
        if (next) router.use(at as string, next);
        else router[last](at as string, open as never);
      });
    } catch {
      return undefined;
    }
    app.use(...(routers.slice(0, 1) as [Router]));
    return app;
  };
  const reached = (app: Express, url: string): Promise<string> =>
    new Promise((resolve) => {
      const req = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url });
      const res = Object.assign(new ServerResponse(req), { done: resolve });
      (app as unknown as { handle(...all: unknown[]): void }).handle(req, res, () =>
        resolve('nothing'),
      );
    });

  it('lists each handler that a request reaches past all guards [GRD-1] [A31]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stage, { minLength: 1, maxLength: 3 }),
        way,
        fc.array(someTarget, { minLength: 20, maxLength: 20 }),
        async (stages, last, targets) => {
          const app = build(stages, last);
          if (!app || unguardedRoutes(app).length > 0) return;
          // A guard of a stateful RegExp may only look away the second time.
          for (const target of [...targets, ...targets]) {
            expect([target, await reached(app, target)]).not.toEqual([target, 'open']);
          }
        },
      ),
      runs(300),
    );
  });
});
