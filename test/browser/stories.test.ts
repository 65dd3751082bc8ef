import { describeWithBrowser } from '../support/browser-harness.ts';
import { setStage } from './stage.ts';
import { newVisitor, WAYS } from './visitor.ts';

const SCRIPTS = [
  ['with scripts', true],
  ['without scripts', false],
] as const;

describeWithBrowser.each(SCRIPTS)('the ready pages in a browser %s', (_title, scripts) => {
  const stage = setStage({ javaScriptEnabled: scripts });

  it.each(WAYS)(
    'lead from a guarded page to set-up, to the challenge and back: %s',
    async (way) => {
      const { host, visitor } = stage;
      const user = host.addUser();
      await visitor.go('/vault');
      await visitor.signIn(user);
      expect(visitor.at).toBe('/security/set-up?returnTo=%2Fvault&must=');
      await visitor.choose(way);
      await visitor.setUp(way, user);
      await visitor.saveRecoveryCodes();
      expect(await visitor.heading()).toBe('Vault');

      await visitor.go('/security');
      await visitor.press('Sign out');
      host.clock.forward(90_000);
      await visitor.go('/account?from=here');
      await visitor.signIn(user);
      expect(visitor.at).toBe('/security/challenge?returnTo=%2Faccount%3Ffrom%3Dhere');
      if (way !== 'totp') await visitor.press('Send the code');
      await visitor.answer(visitor.wrongCode(way, user));
      expect(await visitor.page.getByRole('alert').innerText()).toMatch(/^This code is not right/);
      await visitor.answer(visitor.code(way, user));
      expect(visitor.at).toBe('/account?from=here');
    },
  );

  it('take each recovery code once, in the place of an app', async () => {
    const { host, visitor } = stage;
    const user = host.addUser();
    await visitor.go('/vault');
    await visitor.signIn(user);
    await visitor.choose('totp');
    await visitor.setUp('totp', user);
    const [code = ''] = await visitor.saveRecoveryCodes();
    for (const expected of ['Your account', 'Confirm that it is you']) {
      await visitor.go('/security');
      await visitor.press('Sign out');
      await visitor.go('/account');
      await visitor.signIn(user);
      await visitor.press('Use a recovery code');
      await visitor.answer(code.toLowerCase(), 'Recovery code');
      expect(await visitor.heading()).toBe(expected);
    }
  });

  it('let whoever has several ways take any, and manage them', async () => {
    const { browser, host, visitor } = stage;
    const user = host.addUser();
    await visitor.go('/login?returnTo=/security');
    await visitor.signIn(user);
    for (const [index, way] of WAYS.entries()) {
      await visitor.press('Add a way');
      await visitor.choose(way);
      await visitor.setUp(way, user);
      if (index === 0) await visitor.saveRecoveryCodes();
      expect(await visitor.heading()).toBe('Security');
    }
    host.clock.forward(120_000);
    await visitor.go('/transfer');
    expect(visitor.at).toMatch(/^\/security\/challenge/);
    await visitor.choose('phone');
    await visitor.confirm('phone', user);
    expect(await visitor.heading()).toBe('Transfer');

    const { page } = visitor;
    await visitor.go('/security');
    const item = page.getByRole('listitem').filter({ hasText: 'Codes by SMS' });
    await visitor.leave(() => item.getByRole('link').click());
    await visitor.fill('Name', 'Work <phone>');
    await visitor.press('Save the name');
    expect(await page.getByRole('status').innerText()).toBe('The name is changed.');
    await visitor.press('Manage Work <phone>');
    await visitor.press('Remove');
    expect(await page.getByRole('status').innerText()).toBe('It is removed.');
    expect(await page.getByText('Work <phone>').count()).toBe(0);

    const other = await newVisitor(browser, host);
    await other.go('/login?returnTo=/security/challenge');
    await other.signIn(user);
    await visitor.go('/security');
    await visitor.press('End');
    expect(await page.getByRole('status').innerText()).toBe('The session has ended.');
    await other.go('/security/challenge');
    expect(await other.heading()).toBe('Sign in');
    await other.context.close();

    // What was proved last is gone, so something else is asked for before anything is switched off.
    await visitor.press('Switch off');
    expect(visitor.at).toMatch(/^\/security\/challenge/);
    await visitor.confirm('totp', user);
    await visitor.press('Switch off');
    expect(await page.getByRole('status').innerText()).toBe('Two-step sign-in is off.');
    await visitor.go('/account');
    expect(await visitor.heading()).toBe('Your account');
  });
});
