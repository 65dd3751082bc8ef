import express from 'express';
import type { Request, Response } from 'express';

import { memoryStore, MfaError } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, TestApp } from '../support/app.ts';
import { addUser, signIn, userWithTotp } from '../support/story.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const show = (_req: Request, res: Response): void => void res.send('<h1>here</h1>');

describe.each(EXPRESS)('a guard with pages on %s', (_name, framework) => {
  let app: TestApp;
  const start = async (routes: AppSettings['routes']): Promise<void> => {
    app = await startApp({ framework, ...(routes ? { routes } : {}) });
  };
  afterEach(() => app.close());

  /** Where a browser is sent that lacks its second factor. */
  const sent = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const { user } = await userWithTotp(app);
    const pending = app.browser();
    await signIn(pending, user);
    const { status, headers: answered } = await pending
      .get(path)
      .set({ accept: BROWSER, ...headers });
    return status === 303 ? answered.location : status;
  };

  it('sends a browser to where they are mounted, and back', async () => {
    await start((host, mfa) => host.use('/my/security/', mfa.pages()));
    expect(await sent('/reports?year=2031')).toBe(
      '/my/security/challenge?returnTo=%2Freports%3Fyear%3D2031',
    );
  });

  it.each(['application/json', '*/*', 'application/json, text/html;q=0.5', 'image/png'])(
    'answers in JSON whoever asks for %s',
    async (accept) => {
      await start((host, mfa) => host.use('/security', mfa.pages()));
      expect(await sent('/reports', { accept })).toBe(401);
    },
  );

  it('answers in JSON without pages', async () => {
    await start(undefined);
    expect(await sent('/reports')).toBe(401);
  });

  it('finds them in a mounted app, at the root, and around the app that it is in', async () => {
    await start((host, mfa) => {
      const inner = framework();
      inner.get('/inside', mfa.requireAllFactors(), show);
      inner.use('/deep', mfa.pages());
      host.use('/sub', inner);
    });
    expect(await sent('/sub/inside')).toBe('/sub/deep/challenge?returnTo=%2Fsub%2Finside');
    await app.close();
    await start((host, mfa) => {
      const inner = framework();
      inner.get('/inside', mfa.requireAllFactors(), show);
      host.use('/sub', inner);
      host.use(mfa.pages());
    });
    expect(await sent('/sub/inside')).toBe('/challenge?returnTo=%2Fsub%2Finside');
  });

  it('takes the word of the host for where they are', async () => {
    await start((host, mfa) => {
      host.use(/^\/se.+ity/, mfa.pages({ path: '/outside/security' }));
    });
    expect(await sent('/reports')).toBe('/outside/security/challenge?returnTo=%2Freports');
  });

  it('answers in JSON where it cannot tell where they are, and says so once', async () => {
    await start((host, mfa) => host.use('/:tenant/security', mfa.pages()));
    expect(await sent('/reports')).toBe(401);
    expect(await sent('/reports')).toBe(401);
    const warnings = app.events.filter(({ reason }) => reason === 'pages');
    expect(warnings).toHaveLength(1);
    expect(String(warnings[0]?.error)).toContain("pages({ path: '/security' })");
  });

  it.each<readonly [mount: string | RegExp | string[], path: string]>([
    ['/:tenant', '/acme/inside'],
    [['/x', '/y'], '/x/inside'],
    [/^\/q/, '/q/inside'],
  ])(
    'answers in JSON in an app at %p, which has no one place, and says so',
    async (mount, path) => {
      await start((host, mfa) => {
        const inner = framework();
        inner.get('/inside', mfa.requireAllFactors(), show);
        inner.use('/security', mfa.pages());
        host.use(mount, inner);
      });
      expect(await sent(path)).toBe(401);
      expect(app.events.map(({ reason }) => reason)).toContain('pages');
    },
  );

  it('answers in JSON in an app that a router calls, which does not know where it is, and says so', async () => {
    await start((host, mfa) => {
      const inner = framework();
      inner.get('/inside', mfa.requireAllFactors(), show);
      inner.use('/security', mfa.pages());
      const router = express.Router();
      router.use('/shop', inner);
      host.use('/api', router);
    });
    expect(await sent('/api/shop/inside')).toBe(401);
    expect(app.events.map(({ reason }) => reason)).toContain('pages');
  });

  it('finds them from wherever it stands in an app that is at no one place, if they are around it', async () => {
    const to = (path: string) => `/security/challenge?returnTo=${encodeURIComponent(path)}`;
    await start((host, mfa) => {
      const inner = framework();
      inner.use('/deep', mfa.requireAllFactors(), show);
      const router = express.Router({ mergeParams: true });
      router.use('/:year', mfa.requireAllFactors());
      host.use('/:tenant', inner);
      host.use(/^\/reports/, router);
      host.use('/security', mfa.pages());
    });
    expect(await sent('/acme/deep')).toBe(to('/acme/deep'));
    expect(await sent('/reports/2031/may')).toBe(to('/reports/2031/may'));
  });

  it('answers in JSON where it stands before the pages themselves, and says so once', async () => {
    await start((host, mfa) => {
      host.use(mfa.requireAllFactors());
      host.use('/security', mfa.pages());
    });
    const to = '/security/challenge?returnTo=%2Fsecurity';
    expect(await sent('/security')).toBe(to);
    for (let round = 0; round < 2; round++) expect(await sent(to)).toBe(401);
    const warnings = app.events.filter(({ reason }) => reason === 'pages');
    expect(warnings.map(({ error }) => String(error))).toEqual([
      expect.stringContaining('Mount mfa.pages(), and your sign-in, before it'),
    ]);
  });

  it('answers in JSON where it stands before the sign-in of the app', async () => {
    await start((host, mfa) => {
      host.use('/security', mfa.pages({ login: '/login?by=mail' }));
      host.get('/login', mfa.requireAllFactors(), show);
    });
    const { status } = await app.browser().get('/login').set('accept', BROWSER);
    expect(status).toBe(401);
  });

  it('comes back to the page whose form was sent, never to another site', async () => {
    await start((host, mfa) => host.use('/security', mfa.pages()));
    const { user } = await userWithTotp(app);
    const pending = app.browser();
    await signIn(pending, user);
    const post = async (referer: string) => {
      const { headers } = await pending.agent
        .post('/reports')
        .set({ accept: BROWSER, referer })
        .ok(() => true);
      return headers.location as unknown;
    };
    app.app.post('/reports', app.mfa.requireAllFactors(), show);
    const home = '/security/challenge?returnTo=%2F';
    expect(await post(`${pending.origin}/form?a=1`)).toBe(
      '/security/challenge?returnTo=%2Fform%3Fa%3D1',
    );
    expect(await post('https://evil.example/form')).toBe(home);
    expect(await post('nonsense')).toBe(home);
  });

  it('leaves who is not signed in to JSON when the app names no sign-in of its own', async () => {
    await start((host, mfa) => host.use('/security', mfa.pages()));
    const { body } = await app.browser().get('/reports').set('accept', BROWSER).expect(401);
    expect(body).toMatchObject({ type: 'general_unauthorized_scope' });
    // RFC 9110 section 15.5.2, and by no scheme for which a browser asks.
    const scheme = ['www-authenticate', 'Bearer realm="account"'] as const;
    await app
      .browser()
      .get('/v1/account')
      .expect(401)
      .expect(...scheme);
    const { text } = await app
      .browser()
      .get('/security')
      .set('accept', BROWSER)
      .expect(401)
      .expect(...scheme);
    expect(text).toContain('You are not signed in');
  });

  it('keeps the query and fragment of the sign-in', async () => {
    await start((host, mfa) => host.use('/security', mfa.pages({ login: '/login?by=mail#form' })));
    const { headers } = await app.browser().get('/reports').set('accept', BROWSER).expect(303);
    expect(headers.location).toBe('/login?by=mail&returnTo=%2Freports#form');
  });

  it('is not asked of the pages themselves by unguarded()', async () => {
    await start((host, mfa) => host.use('/security', mfa.pages()));
    expect(app.mfa.unguarded(app.app).join()).not.toContain('security');
  });

  it('has one set of pages', async () => {
    await start((host, mfa) => host.use('/security', mfa.pages()));
    expect(() => app.mfa.pages()).toThrow('call mfa.pages() once');
  });

  it('tells a browser by a page, and all others in JSON, that it cannot know [AVL-1]', async () => {
    const store = memoryStore();
    const session = () => Promise.reject(new MfaError('store_unavailable', 'away'));
    app = await startApp({
      framework,
      store: { ...store, session },
      routes: (host, mfa) => host.use('/security', mfa.pages()),
    });
    const browser = app.browser();
    await signIn(browser, addUser(app));
    const { text } = await browser.get('/reports').set('accept', BROWSER).expect(503);
    expect(text).toContain('This cannot be checked right now.');
    const { body } = await browser.get('/reports').expect(503);
    expect(body).toMatchObject({ type: 'mfa_unavailable' });
  });

  it('lets a user through who has brought all', async () => {
    await start((host, mfa) => host.use('/security', mfa.pages()));
    const browser = app.browser();
    await signIn(browser, addUser(app));
    await browser.get('/reports').set('accept', BROWSER).expect(200);
  });
});

describe('a guard with pages behind a router of its own', () => {
  it('finds them there', async () => {
    const app = await startApp({
      routes: (host, mfa) => {
        const router = express.Router();
        router.use('/security', mfa.pages());
        host.use('/account', router);
      },
    });
    const { user } = await userWithTotp(app);
    const pending = app.browser();
    await signIn(pending, user);
    const { headers } = await pending.get('/reports').set('accept', BROWSER).expect(303);
    expect(headers.location).toBe('/account/security/challenge?returnTo=%2Freports');
    await app.close();
  });
});
