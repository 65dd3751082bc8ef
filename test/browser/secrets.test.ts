import { describeWithBrowser } from '../support/browser-harness.ts';
import { setStage } from './stage.ts';

describeWithBrowser('the back button', () => {
  const stage = setStage();
  beforeEach(() => stage.visitor.go('/login?returnTo=/security/set-up/totp'));

  /** What the page before shows: the browser's own error, where it kept nothing of a form that was sent. */
  async function before(): Promise<string> {
    const { page } = stage.visitor;
    const failure = await page.goBack().then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (failure !== undefined) {
      expect(failure).toContain('net::ERR_CACHE_MISS');
      await page.waitForURL(/^chrome-error:/, { waitUntil: 'load' });
    }
    return page.content();
  }

  it('[A62] brings back neither the key of an app nor recovery codes', async () => {
    const { host, visitor } = stage;
    const user = host.addUser();
    await visitor.signIn(user);
    await visitor.beginSetUp('totp', user);
    const key = await visitor.page.locator('.secret').innerText();
    await visitor.answer(visitor.code('totp', user), 'The code that it shows then');
    expect(await before()).not.toContain(key);
    await visitor.go('/security/recovery-codes');
    const [code = ''] = await visitor.saveRecoveryCodes();
    expect(code).toMatch(/^[\dA-Z-]{19}$/);
    expect(await visitor.heading()).toBe('Security');
    expect(await before()).not.toContain(code);
  });

  it('[A62] shows nothing of the account after signing out', async () => {
    const { host, visitor } = stage;
    await visitor.signIn(host.addUser({ email: 'ada.lovelace@example.com', emailVerified: true }));
    await visitor.go('/security');
    const hint = 'a••••@example.com';
    expect(await visitor.page.content()).toContain(hint);
    await visitor.press('Sign out');
    expect(await visitor.heading()).toBe('Sign in');
    expect(await before()).not.toContain(hint);
    expect(await visitor.heading()).toBe('Sign in');
  });
});
