import { describeWithBrowser } from '../support/browser-harness.ts';
import { startPagesHost } from './pages-host.ts';
import { setStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

describeWithBrowser.each([
  ['with scripts', true],
  ['without scripts', false],
])(
  'a form of the ready pages in a browser %s, in an app that sends on elsewhere,',
  (_, scripts) => {
    const stage = setStage({ javaScriptEnabled: scripts }, async () => {
      const host = await startPagesHost({ login: '/provider', home: '/provider' });
      host.app.get('/provider', (_req, res) => res.redirect(elsewhere(host.origin)));
      return host;
    });

    it('leads who signs out to the identity provider of the app', async () => {
      const { host, visitor } = stage;
      await visitor.go('/login?returnTo=/security');
      await visitor.signIn(host.addUser());
      await visitor.press('Sign out');
      expectElsewhere(visitor);
    });

    it('leads who has signed out meanwhile to the identity provider of the app', async () => {
      const { host, visitor } = stage;
      await visitor.go('/login?returnTo=/security');
      await visitor.signIn(host.addUser({ emailVerified: true }));
      await visitor.context.clearCookies();
      await visitor.press('Switch on');
      expectElsewhere(visitor);
    });

    it.each(['', '?returnTo=/provider?client=7'])(
      'leads who confirms a sign-in back to the client that asked for it: %p',
      async (query) => {
        const { host, visitor } = stage;
        const user = host.addUser({ emailVerified: true });
        await visitor.go(`/login?returnTo=/security/challenge${encodeURIComponent(query)}`);
        await visitor.signIn(user);
        await visitor.confirm('email', user);
        expectElsewhere(visitor);
      },
    );

    it('leads who has set up a way back to the client that asked for it', async () => {
      const { host, visitor } = stage;
      const user = host.addUser();
      await visitor.go('/login?returnTo=/security/set-up/totp');
      await visitor.signIn(user);
      await visitor.setUp('totp', user);
      await visitor.saveRecoveryCodes();
      await visitor.go('/security/set-up/email?returnTo=/provider');
      await visitor.setUp('email', user);
      expectElsewhere(visitor);
    });
  },
);

/** The same server by another name is another origin. */
function elsewhere(origin: string): string {
  return `${origin.replace('127.0.0.1', 'localhost')}/`;
}

/** That the browser is there, and that nothing else went wrong on the way. */
function expectElsewhere({ at, host, troubles }: Visitor): void {
  const url = elsewhere(host.origin);
  expect([at, troubles.splice(0)]).toEqual([url, [`asked ${url}`]]);
}
