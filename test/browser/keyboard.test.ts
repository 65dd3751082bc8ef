import type { Locator } from 'playwright-core';

import { describeWithBrowser } from '../support/browser-harness.ts';
import { setStage } from './stage.ts';

describeWithBrowser('with the keyboard alone', () => {
  const stage = setStage();

  it('an app is set up and a sign-in confirmed, with the focus to be seen all the way', async () => {
    const { host, visitor } = stage;
    const user = host.addUser();
    const { page } = visitor;
    const { keyboard } = page;
    const enter = (): Promise<void> => visitor.leave(() => keyboard.press('Enter'));
    await visitor.go('/login?returnTo=/vault');
    await visitor.signIn(user);
    await press(page.getByRole('link').filter({ hasText: 'An app on your phone' }));
    await press(page.getByRole('button', { name: 'Continue' }));
    await visitor.readSecret();
    // The field of a page that asks for a code has the focus already.
    await expectFocus(page.getByLabel('The code that it shows then'));
    await keyboard.type(visitor.code('totp', user));
    await enter();
    await press(page.getByRole('button', { name: 'Show the codes' }));
    await press(page.getByRole('link', { name: 'I have saved them' }));
    expect(visitor.at).toBe('/vault');

    await visitor.go('/security');
    await press(page.getByRole('button', { name: 'Sign out' }));
    host.clock.forward(60_000);
    await visitor.go('/account');
    await visitor.signIn(user);
    await expectFocus(page.getByLabel('Code', { exact: true }));
    await keyboard.type(visitor.wrongCode('totp', user));
    await enter();
    expect(await page.getByRole('alert').count()).toBe(1);
    await expectFocus(page.getByLabel('Code', { exact: true }));
    await keyboard.type(visitor.code('totp', user));
    await enter();
    expect(visitor.at).toBe('/account');
  });

  it('the way to the content is the first stop', async () => {
    const { host, visitor } = stage;
    await visitor.go('/login?returnTo=/security');
    await visitor.signIn(host.addUser());
    await visitor.page.keyboard.press('Tab');
    await expectFocus(visitor.page.getByRole('link', { name: 'Skip to content' }));
    await visitor.page.keyboard.press('Enter');
    expect(new URL(visitor.page.url()).hash).toBe('#main');
    await visitor.page.keyboard.press('Tab');
    const inMain = 'main :focus';
    expect(await visitor.page.locator(inMain).count()).toBe(1);
  });

  async function press(target: Locator): Promise<void> {
    for (let stops = 0; !(await hasFocus(target)); stops += 1) {
      expect(stops).toBeLessThan(20);
      await stage.visitor.page.keyboard.press('Tab');
    }
    await expectFocus(target);
    await stage.visitor.leave(() => stage.visitor.page.keyboard.press('Enter'));
  }

  async function expectFocus(target: Locator): Promise<void> {
    expect(await hasFocus(target)).toBe(true);
    // WCAG 2.4.7: it can be seen where the focus is, and it is not out of sight (2.4.11).
    const focused = stage.visitor.page.locator(':focus-visible');
    const outline = 'getComputedStyle(document.activeElement).outline';
    expect(await stage.visitor.page.evaluate(outline)).toMatch(/solid 3px/);
    const box = await focused.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
  }

  async function hasFocus(target: Locator): Promise<boolean> {
    return (await target.and(stage.visitor.page.locator(':focus')).count()) === 1;
  }
});
