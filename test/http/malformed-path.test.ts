import type { NextFunction, Request, Response } from 'express';

import { malformedPath } from '../../lib/http/malformed-path.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

describe.each(EXPRESS)('a path that cannot be decoded on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({
      framework,
      routes: (host) => {
        host.get('/v1/account/of/:name', (_req, res) => void res.send('never'));
        host.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
          res.status(400).send(`The host says: ${error.name}`);
        });
      },
    });
  });
  afterEach(() => app.close());

  it.each([
    ['get', '/v1/account/sessions/%E0%A4%A'],
    ['get', '/v1//account/sessions/%'],
    ['delete', '/v1/account/sessions/%ff'],
    ['post', '/v1/account/mfa/authenticators/%ff'],
    ['put', '/v1/account/mfa/%ff?x=%ff'],
  ] as const)(
    'is answered as every other argument is that is not as expected, where it is ours: %s %s [LOG-5] [TRN-2]',
    async (method, path) => {
      const { status, headers, body } = await app.browser()[method](path);
      expect([status, headers['cache-control'], body]).toEqual([
        400,
        'no-store',
        {
          code: 400,
          type: 'general_argument_invalid',
          message: 'The request is not as expected.',
          version: expect.any(String) as unknown,
        },
      ]);
    },
  );

  it('is answered to no other site, as every other change [TRN-1]', async () => {
    const { body } = await app
      .browser()
      .agent.delete('/v1/account/sessions/%ff')
      .set('origin', 'https://evil.example')
      .expect(403);
    expect(body).toMatchObject({ type: 'general_unknown_origin' });
  });

  it('is left to the host where it is the path of the host', async () => {
    const { text } = await app.browser().get('/v1/account/of/%ff').expect(400);
    expect(text).toBe('The host says: URIError');
  });
});

describe('malformedPath', () => {
  it.each([new Error('another'), 'a text'])('passes on %p to the host', (error) => {
    const passed: unknown[] = [];
    const answer = (): never => {
      throw new Error('Nothing of ours answers.');
    };
    const [req, res] = [{} as Request, {} as Response];
    void malformedPath(answer)(error, req, res, (given) => passed.push(given));
    expect(passed).toEqual([error]);
  });
});
