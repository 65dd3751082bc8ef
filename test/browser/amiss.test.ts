import { memoryStore, MfaError } from '../../lib/index.ts';
import { describeWithBrowser } from '../support/browser-harness.ts';
import { expectFine } from './expect-fine.ts';
import { startPagesHost } from './pages-host.ts';
import { setStage } from './stage.ts';

/** A store that can be away. */
function store() {
  const state = { isAway: false };
  const away = (): Promise<never> =>
    Promise.reject(new MfaError('store_unavailable', 'The store is away.'));
  const inner = new Proxy(memoryStore(), {
    get: (verbs, name) => (state.isAway ? away : (Reflect.get(verbs, name) as unknown)),
  });
  return { state, inner };
}

const { state, inner } = store();
const brand = {
  name: 'Larch',
  logo: '/larch.svg',
  colors: { accent: ['#7a1f4d', '#f7a8c9'], background: ['#fff8f2', '#1b1013'] },
} as const;

describeWithBrowser('a ready page where something is amiss', () => {
  const stage = setStage({}, () =>
    startPagesHost(
      { login: undefined, brand },
      { store: inner, hardCap: 5, locks: [{ count: 100, waitMs: 1 }] },
    ),
  );

  it('says to whoever is not signed in what comes first, in the colors of the app', async () => {
    const { visitor } = stage;
    const { page } = visitor;
    await visitor.go('/security');
    expect(await visitor.heading()).toBe('You are not signed in');
    expect(await page.title()).toMatch(/Larch$/);
    await expectFine(page);
    await page.emulateMedia({ colorScheme: 'light' });
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe('rgb(255, 248, 242)');
  });

  it('says that nothing was done to whoever comes by a form of another site', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    await visitor.go('/login');
    await visitor.signIn(host.addUser());
    const foreign = host.origin.replace('127.0.0.1', 'localhost');
    await page.goto(`${foreign}/login`);
    await visitor.leave(() =>
      page.evaluate(`document.body.insertAdjacentHTML('beforeend',
        '<form method="post" action="${host.origin}/security/mfa"><input name="mfa" value="on"></form>');
        document.querySelector('form[action]').submit()`),
    );
    expect(await page.getByRole('main').innerText()).toContain('This came from another site');
    await expectFine(page);
    expect(visitor.troubles.splice(0)).toEqual([`asked ${foreign}/login`]);
  });

  it('says that it cannot tell while the store is away, and is there again with it', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    await visitor.go('/login?returnTo=/security');
    await visitor.signIn(host.addUser());
    state.isAway = true;
    await visitor.go('/account').finally(() => {
      state.isAway = false;
    });
    expect(await page.getByRole('main').innerText()).toContain('This cannot be checked right now');
    await expectFine(page);
    await page.reload();
    expect(await visitor.heading()).toBe('Your account');
  });

  it('offers no way that is suspended, and says at the settings why', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    const user = host.addUser({ emailVerified: true });
    await visitor.go('/login?returnTo=/security/set-up/totp');
    await visitor.signIn(user);
    await visitor.setUp('totp', user);
    const guesser = host.browser();
    const { email, password } = user;
    await guesser.post('/v1/account/sessions/email', { email, password });
    const { body } = await guesser.post('/v1/account/mfa/challenges', { factor: 'totp' });
    const { $id: challengeId } = body as { readonly $id: string };
    const otp = visitor.wrongCode('totp', user);
    for (let i = 0; i < 5; i += 1)
      await guesser.put('/v1/account/mfa/challenges', { challengeId, otp });
    await page.context().clearCookies();
    await visitor.go('/login?returnTo=/security/challenge');
    await visitor.signIn(user);
    expect(await page.getByText('Authenticator app').count()).toBe(0);
    await visitor.confirm('email', user);
    await visitor.go('/security');
    const item = page.getByRole('listitem').filter({ hasText: 'Authenticator app' });
    expect(await item.innerText()).toContain('Suspended: too many wrong codes');
    await expectFine(page);
  });
});
