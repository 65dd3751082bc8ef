import { generateSync } from 'otplib';

import type { Message } from '../../lib/index.ts';
import type { Browser, HostUser, TestApp } from './app.ts';

const PASSWORD = 'correct horse battery staple';

/** Adds a user to the host. */
export function addUser(app: TestApp, more: Partial<HostUser> = {}): HostUser {
  const id = more.id ?? `user-${app.users.size + 1}`;
  const user: HostUser = {
    id,
    name: 'Ada Lovelace',
    email: `${id}@example.com`,
    emailVerified: false,
    password: PASSWORD,
    ...more,
  };
  app.users.set(id, user);
  return user;
}

/** Signs in with the first factor; expects that it is accepted. */
export async function signIn(browser: Browser, user: HostUser): Promise<Record<string, unknown>> {
  const { email, password } = user;
  const answer = await browser.post('/v1/account/sessions/email', { email, password }).expect(201);
  return answer.body as Record<string, unknown>;
}

/** The code that an authenticator app shows at this moment of the app's clock. */
export function totpCode(app: TestApp, secret: string, offsetMs = 0): string {
  return generateSync({ secret, epoch: Math.floor((app.clock.now + offsetMs) / 1000) });
}

/** Enrolls an authenticator app in a signed-in browser; answers its secret. The clock moves one step on. */
export async function enrollTotp(app: TestApp, browser: Browser): Promise<string> {
  const { body } = await browser.post('/v1/account/mfa/authenticators/totp').expect(200);
  const { secret } = body as { secret: string };
  const otp = totpCode(app, secret);
  await browser.put('/v1/account/mfa/authenticators/totp', { otp }).expect(200);
  app.clock.forward(30_000);
  return secret;
}

/** Switches MFA on in a signed-in browser. */
export async function switchOn(browser: Browser): Promise<void> {
  await browser.patch('/v1/account/mfa', { mfa: true }).expect(200);
}

/** Creates a challenge; answers its id. */
export async function challenge(browser: Browser, factor: string): Promise<string> {
  const { body } = await browser.post('/v1/account/mfa/challenges', { factor }).expect(201);
  return (body as { $id: string }).$id;
}

/** Answers a challenge; expectations are the caller's. */
export function answer(browser: Browser, challengeId: string, otp: unknown) {
  return browser.put('/v1/account/mfa/challenges', { challengeId, otp });
}

/** A code of six digits that is none of these. */
export function otherCode(...right: readonly string[]): string {
  const codes = right.map((_, i) => `${100_000 + i}`);
  return codes.find((code) => !right.includes(code)) ?? `${100_000 + right.length}`;
}

/** A code that an authenticator app shows neither now nor within the tolerance. */
export function wrongAppCode(app: TestApp, secret: string): string {
  return otherCode(...[-1, 0, 1].map((step) => totpCode(app, secret, step * 30_000)));
}

/** The code in the latest message that holds one: a notice may have come after it. */
export function sentCode(app: TestApp): string {
  const code = codeMessages(app.outbox)
    .at(-1)
    ?.text.match(/\b\d{6,10}\b/)?.[0];
  if (code === undefined) throw new Error('No code was sent.');
  return code;
}

/** The messages that hold a code; the others are notices. */
export function codeMessages(outbox: readonly Message[]): readonly Message[] {
  return outbox.filter(({ text }) => /\b\d{6,10}\b/.test(text));
}

/** A user with an authenticator app and MFA on, and the browser in which it was set up. */
export async function userWithTotp(
  app: TestApp,
  more: Partial<HostUser> = {},
): Promise<{ readonly user: HostUser; readonly secret: string; readonly browser: Browser }> {
  const user = addUser(app, more);
  const browser = app.browser();
  await signIn(browser, user);
  const secret = await enrollTotp(app, browser);
  await switchOn(browser);
  return { user, secret, browser };
}
