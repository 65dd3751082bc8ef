import type { Request, Response } from 'express';

import { memoryStore } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

describe.each(EXPRESS)("a route of the host's on %s", (_name, framework) => {
  let app: TestApp;
  afterEach(() => app.close());

  it.each([
    ['while the store is away', true, 503],
    ['where no session was set up', false, 500],
  ])('is answered by Express itself %s [AVL-1]', async (_when, withSession, status) => {
    const away = () => Promise.reject(new Error('Redis is away.'));
    app = await startApp({
      framework,
      withSession,
      store: { ...memoryStore(), begin: away, enrollment: away },
    });
    // As Express 5 does by itself: what an async handler rejects with is handed on.
    app.app.post('/own-login', (req: Request, res: Response, next: (error: unknown) => void) => {
      app.mfa.signIn(req, { id: 'user-1' }).then(() => res.json({}), next);
    });
    const { text } = await app.browser().post('/own-login').expect(status);
    expect(text).not.toContain('away');
  });
});
