import type { Response } from 'supertest';

import type { Client, HostUser, MatrixHost } from './matrix-host.ts';
import { codeIn } from './sdk-child.ts';
import { totpAt } from './sdk-totp.ts';

/** A new user of the host, and the page in which the first factor was accepted. */
export async function newcomer(
  host: MatrixHost,
  more: Partial<HostUser> = {},
): Promise<{ readonly user: HostUser; readonly page: Client }> {
  const user = host.addUser(more);
  return { user, page: await signIn(host, user) };
}

/** Opens a page in a browser of its own and signs in with the first factor. */
export async function signIn(host: MatrixHost, user: HostUser): Promise<Client> {
  const page = host.client();
  const { email, password } = user;
  await page.post('/v1/account/sessions/email', { email, password }).expect(201);
  return page;
}

/** A user whose mailbox the host vouches for, with MFA on; `page` is where it was switched on. */
export async function guarded(
  host: MatrixHost,
  more: Partial<HostUser> = {},
): Promise<{ readonly user: HostUser; readonly page: Client }> {
  const made = await newcomer(host, { emailVerified: true, ...more });
  await made.page.patch('/v1/account/mfa', { mfa: true }).expect(200);
  return made;
}

/** Such a user in another browser, where the second factor is still missing. */
export async function pending(
  host: MatrixHost,
  more: Partial<HostUser> = {},
): Promise<{ readonly user: HostUser; readonly page: Client }> {
  const { user } = await guarded(host, more);
  return { user, page: await signIn(host, user) };
}

/** Such a user, by a code by e-mail completely signed in just now. */
export async function completed(
  host: MatrixHost,
  more: Partial<HostUser> = {},
): Promise<{ readonly user: HostUser; readonly page: Client }> {
  const { user, page } = await pending(host, more);
  await answer(page, await open(page, 'email'), mailed(host, user)).expect(200);
  return { user, page };
}

/** Creates a challenge; its id. */
export async function open(page: Client, factor: string): Promise<string> {
  const { body } = await page.post('/v1/account/mfa/challenges', { factor }).expect(201);
  return (body as { $id: string }).$id;
}

/** Answers a challenge. */
export function answer(page: Client, challengeId: string, otp: unknown) {
  return page.put('/v1/account/mfa/challenges', { challengeId, otp });
}

/** The code in the newest mail to a user. */
export function mailed(host: MatrixHost, { email }: HostUser): string {
  return codeIn(host.inbox.lastCodeTo(email).text);
}

/** The code in the newest text to a number. */
export function texted(host: MatrixHost, number: string): string {
  return codeIn(host.texts.lastCodeTo(number));
}

/** Another code of six digits. */
export function otherThan(code: string): string {
  return code === '111111' ? '222222' : '111111';
}

/** Enrolls an authenticator app and lets its time step pass; the secret of the app. */
export async function enrollApp(host: MatrixHost, page: Client): Promise<string> {
  const { body } = await page.post('/v1/account/mfa/authenticators/totp').expect(200);
  const { secret } = body as { secret: string };
  const otp = totpAt(secret, host.clock.now);
  await page.put('/v1/account/mfa/authenticators/totp', { otp }).expect(200);
  host.clock.forward(30_000);
  return secret;
}

/** Makes recovery codes. */
export async function makeCodes(page: Client): Promise<[string, ...string[]]> {
  const { body } = await page.post('/v1/account/mfa/recovery-codes').expect(201);
  return (body as { recoveryCodes: [string, ...string[]] }).recoveryCodes;
}

/** An error as every Appwrite SDK reads it: status, type and code, message, version, labelled JSON. */
export function expectError(response: Response, status: number, type: string, message?: string) {
  expect(response.body).toMatchObject({ code: status, type });
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toMatch(/^application\/json\b/);
  const body = response.body as { message: unknown; version: unknown };
  expect(body.version).toMatch(/^\d+\.\d+\.\d+/);
  if (message === undefined) expect(body.message).toMatch(/./);
  else expect(body.message).toBe(message);
}
