import { readFileSync } from 'node:fs';

import { describeWithBrowser } from '../support/browser-harness.ts';
import { setStage } from './stage.ts';

const CLIPBOARD = ['clipboard-read', 'clipboard-write'];

describeWithBrowser('the ready pages help whoever', () => {
  const stage = setStage({ permissions: CLIPBOARD });
  beforeEach(() => stage.visitor.go('/login?returnTo=/security/set-up/totp'));

  it('types or pastes a code: one field that phones and keyboards know [DEL-13]', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    const user = host.addUser();
    await visitor.signIn(user);
    await visitor.beginSetUp('totp', user);
    const field = page.getByLabel('The code that it shows then');
    const attributes = await Promise.all(
      ['type', 'inputmode', 'autocomplete', 'pattern'].map((name) => field.getAttribute(name)),
    );
    expect(attributes).toEqual(['text', 'numeric', 'one-time-code', null]);
    expect(await page.locator('main input:not([type=hidden])').count()).toBe(1);

    const code = visitor.code('totp', user).replace(/^.../, '$& ');
    await page.evaluate(`navigator.clipboard.writeText('${code}')`);
    await page.keyboard.press('Control+V');
    expect(await field.inputValue()).toBe(code);
    await visitor.press('Confirm');
    expect(await visitor.heading()).toBe('Recovery codes');
  });

  it('cannot see: the QR code has a text, and the key stands beside it', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    const user = host.addUser();
    await visitor.signIn(user);
    await visitor.beginSetUp('totp', user);
    const picture = page.getByRole('img', { name: /QR code.*the key is below as text/ });
    expect(await picture.locator('svg').count()).toBe(1);
    const link = page.getByRole('link', { name: 'Open the app on this device' });
    expect(await link.getAttribute('href')).toMatch(/^otpauth:\/\/totp\//);
    expect(await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).count()).toBe(1);
  });

  it('cannot see: what went wrong is said at once, and belongs to the field', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    const user = host.addUser({ emailVerified: true });
    await visitor.signIn(user);
    await visitor.setUp('totp', user);
    await visitor.go('/security/challenge');
    await visitor.answer(visitor.wrongCode('totp', user));
    expect(await page.getByRole('alert').innerText()).toMatch(/^This code is not right/);
    const field = page.getByLabel('Code', { exact: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const lead = await field.getAttribute('aria-describedby');
    expect(await page.locator(`#${lead}`).innerText()).toMatch(/^Enter the code/);
  });

  it('waits: the time is counted down, and that it is over is said', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    const user = host.addUser({ emailVerified: true });
    // The clock of the page stands still, and moves only when told to.
    await page.clock.install({ time: '2031-01-01T00:00:00Z' });
    await page.clock.pauseAt('2031-01-01T00:00:01Z');
    await visitor.signIn(user);
    await visitor.go('/security/challenge');
    await visitor.press('Send the code');
    const again = page.getByRole('button', { name: 'Send a new code' });
    const timer = page.getByRole('timer');
    const said = page.getByRole('status');
    expect([await timer.innerText(), await again.isDisabled()]).toEqual(['00:30', true]);
    await page.clock.fastForward(12_000);
    expect([await timer.innerText(), await said.innerText()]).toEqual(['00:18', '']);
    await page.clock.fastForward(18_000);
    expect(await said.innerText()).toBe('You can have a new code sent now.');
    expect([await timer.count(), await again.isDisabled()]).toEqual([0, false]);
    host.clock.forward(30_000);
    await visitor.press('Send a new code');
    await visitor.answer(host.codeTo(user.email));
    expect(visitor.at).toBe('/');
  });

  it('presses a button twice: the form is sent once', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    await visitor.signIn(host.addUser({ emailVerified: true }));
    await visitor.go('/security/challenge');
    // The first request is held up until the button was pressed again.
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const posts: string[] = [];
    await page.route('**/challenge/send*', async (route) => {
      posts.push(route.request().url());
      await held;
      await route.continue();
    });
    const box = await page.getByRole('button', { name: 'Send the code' }).boundingBox();
    const press = (): Promise<void> => page.mouse.click((box?.x ?? 0) + 9, (box?.y ?? 0) + 9);
    await visitor.leave(async () => {
      await Promise.all([page.waitForRequest('**/challenge/send*'), press()]);
      await press();
      release();
    });
    expect(posts).toHaveLength(1);
  });

  it('keeps recovery codes: they are copied and saved as they are shown', async () => {
    const { host, visitor } = stage;
    const { page } = visitor;
    const user = host.addUser();
    await visitor.signIn(user);
    await visitor.setUp('totp', user);
    await visitor.press('Show the codes');
    const codes = await page.locator('.codes li').allInnerTexts();
    const sheet = `Recovery codes for Acme\n\n${codes.join('\n')}\n`;
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(sheet);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('recovery-codes.txt');
    expect(readFileSync(await saved.path(), 'utf8')).toBe(sheet);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(codes[0] ?? '').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(false);
  });
});
