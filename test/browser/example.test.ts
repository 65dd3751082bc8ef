import type { Browser, Locator, Page } from 'playwright-core';

import { describeWithBrowser, launchBrowser } from '../support/browser-harness.ts';
import { startExample } from '../example/process.ts';
import type { Example } from '../example/process.ts';
import { expectFine } from './expect-fine.ts';
import { leave } from './leave.ts';
import { Pictures, shown } from './pictures.ts';
import { troublesOf } from './troubles-of.ts';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a long password';

describeWithBrowser('the example, in a browser,', () => {
  const pictures = new Pictures('example', { width: 900, height: 760 });
  let example: Example | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    example = await startExample();
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await example?.stop();
  });

  it('is a bank to click through: opened, protected, asked for a code, and paid from', async () => {
    const origin = example?.url ?? '';
    // Each in a window of its own: what is behind another page gets little of the machine.
    const [page, outbox] = await Promise.all([
      (browser as Browser).newPage({ locale: 'en-US' }),
      (browser as Browser).newPage(),
    ]);
    const troubles = [troublesOf(page, origin), troublesOf(outbox, origin)];
    const follow = (way: Locator): Promise<void> => leave(page, () => way.click());
    const open = (name: string): Promise<void> => {
      const button = page.getByRole('button', { name, exact: true });
      return follow(button.or(page.getByRole('link', { name, exact: true })).first());
    };
    const heading = (): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
    await outbox.goto(`${origin}/outbox`);
    await expectFine(outbox);

    await page.goto(origin);
    await expectFine(page);
    await open('Open an account');
    await expectFine(page);
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await open('Open the account');
    expect(await heading()).toBe('Hello, Ada');
    await expectFine(page);

    await open('Set up two-step sign-in');
    await open('Add a way');
    await follow(page.getByRole('link').filter({ hasText: 'Codes by SMS' }));
    await page.getByLabel('Phone number').fill('+14155552671');
    await open('Send the code');
    await page.getByLabel('The code that we sent').fill(await newestCode(outbox, 1));
    await open('Confirm');
    await open('Show the codes');
    await open('I have saved them');
    await open('Sign out');
    await expectFine(page);

    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await open('Sign in');
    expect(await heading()).toBe('Confirm that it is you');
    await open('Send the code');
    await page.getByLabel('Code', { exact: true }).fill(await newestCode(outbox, 2));
    await pictures.take(outbox);
    // No script runs in the frames of mails, and waiting for one there takes a second each.
    await outbox.evaluate(`document.querySelectorAll('iframe').forEach((frame) => frame.remove())`);
    await expectFine(outbox);
    await open('Confirm');
    expect(await heading()).toBe('Hello, Ada');

    await page.getByLabel('To', { exact: true }).fill('Grace Hopper');
    await page.getByLabel('Amount in euros').fill('12.50');
    await open('Continue');
    expect(await heading()).toMatch(/^Send .*12\.50\?$/);
    await expectFine(page);
    await open('Send it');
    expect(await page.getByRole('status').innerText()).toMatch(/12\.50 sent to Grace Hopper\.$/);
    await pictures.take(page);
    expect(troubles).toEqual([[], []]);
  }, 120_000);

  it('is pictured for the README', async () => {
    expect(await pictures.write(browser as Browser)).toEqual(shown('example'));
  });
});

/** The code in the newest text, once so many have arrived. */
async function newestCode(outbox: Page, count: number): Promise<string> {
  const codes = outbox.locator('.phone .code');
  await codes.nth(count - 1).waitFor();
  return (await codes.first().textContent()) ?? '';
}
