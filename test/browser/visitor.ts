import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

import { totpAt } from '../support/sdk-totp.ts';
import { otherCode } from '../support/story.ts';
import type { HostUser } from '../support/app.ts';
import type { PagesHost } from './pages-host.ts';
import { leave } from './leave.ts';
import { troublesOf } from './troubles-of.ts';

/** The ways to confirm a sign-in that pages set up, by what a visitor reads. */
export type Way = 'totp' | 'email' | 'phone';
export const WAYS: readonly Way[] = ['totp', 'email', 'phone'];
export const NUMBER = '+14155552671';

const CHOICES: Readonly<Record<Way, string>> = {
  totp: 'Authenticator app',
  email: 'Codes by e-mail',
  phone: 'Codes by SMS',
};

/** Somebody in front of a browser of their own, who notes whatever goes wrong in it. */
export class Visitor {
  readonly page: Page;
  readonly host: PagesHost;
  /** What no visit may bring about: errors in the console, refused contents, foreign requests. */
  readonly troubles: string[];
  #secret = '';

  constructor(page: Page, host: PagesHost) {
    this.page = page;
    this.host = host;
    this.troubles = troublesOf(page, host.origin);
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** The path at which the browser is, with its query. */
  get at(): string {
    const { origin, pathname, search } = new URL(this.page.url());
    return origin === this.host.origin ? pathname + search : this.page.url();
  }

  heading(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.host.origin + path);
  }

  /** Does what opens another page, and waits until it is there. */
  leave(act: () => Promise<void>): Promise<void> {
    return leave(this.page, act);
  }

  /** Presses a button, or follows a link, to another page. */
  async press(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true });
    const link = this.page.getByRole('link', { name, exact: true });
    await this.leave(() => button.or(link).click());
  }

  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  /** Signs in at the page of the host, which is open. */
  async signIn({ email, password }: HostUser): Promise<void> {
    await this.fill('E-mail', email);
    await this.fill('Password', password);
    await this.press('Sign in');
  }

  async choose(way: Way): Promise<void> {
    const name = this.page.getByText(CHOICES[way], { exact: true });
    await this.leave(() => this.page.getByRole('link').filter({ has: name }).click());
  }

  /** From the page that says what a way is: enters the code that the app shows or that was sent. */
  async setUp(way: Way, user: HostUser): Promise<void> {
    await this.beginSetUp(way, user);
    await this.fill(
      way === 'totp' ? 'The code that it shows then' : 'The code that we sent',
      this.code(way, user),
    );
    await this.press('Confirm');
  }

  async beginSetUp(way: Way, user: HostUser): Promise<void> {
    if (way === 'phone') await this.fill('Phone number', NUMBER);
    if (way === 'email') await this.fill('E-mail address', user.email);
    await this.press(way === 'totp' ? 'Continue' : 'Send the code');
    if (way === 'totp') await this.readSecret();
  }

  /** Types the key that is shown into the app. */
  async readSecret(): Promise<void> {
    const shown = await this.page.locator('.secret').innerText();
    this.#secret = shown.replaceAll(/\s/g, '');
  }

  /** Makes recovery codes on the page that offers them, saves them, and goes on. */
  async saveRecoveryCodes(): Promise<readonly string[]> {
    await this.press('Show the codes');
    const codes = await this.page.locator('.codes li').allInnerTexts();
    await this.press('I have saved them');
    return codes;
  }

  /** Confirms the sign-in at the challenge by the way that it shows. */
  async confirm(way: Way, user: HostUser): Promise<void> {
    if (way !== 'totp') await this.press('Send the code');
    await this.answer(this.code(way, user));
  }

  async answer(code: string, label = 'Code'): Promise<void> {
    await this.fill(label, code);
    await this.press('Confirm');
  }

  /** A code of the right shape that is not right: not now, and for an app not within the tolerance. */
  wrongCode(way: Way, user: HostUser): string {
    if (way !== 'totp') return otherCode(this.code(way, user));
    const { now } = this.host.clock;
    return otherCode(...[-1, 0, 1].map((step) => totpAt(this.#secret, now + step * 30_000)));
  }

  code(way: Way, user: HostUser): string {
    if (way === 'totp') return totpAt(this.#secret, this.host.clock.now);
    return this.host.codeTo(way === 'phone' ? NUMBER : user.email);
  }
}

/** Opens a browser of its own: no cookies, and whatever else is said of it. */
export async function newVisitor(
  browser: Browser,
  host: PagesHost,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  context.setDefaultTimeout(15_000);
  return new Visitor(await context.newPage(), host);
}
