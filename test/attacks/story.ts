import { generateSync } from 'otplib';

import type { HostUser } from '../support/app.ts';
import type { Site } from './two-processes.ts';
import type { Answer, Visitor } from './visitor.ts';

/** What was answered, if it is this status; otherwise the test ends here. */
export function expected(answer: Answer, status: number): Answer {
  if (answer.status !== status) {
    throw new Error(`Expected ${status}, got ${answer.status}: ${answer.text.slice(0, 200)}`);
  }
  return answer;
}

/** A browser in which a user has passed the first factor. */
export async function signedIn(site: Site, { email, password }: HostUser): Promise<Visitor> {
  const visitor = site.visitor();
  expected(await visitor.post('/v1/account/sessions/email', { email, password }), 201);
  return visitor;
}

/** The code that an authenticator app shows, at the site's time and so much later. */
export function appCode(site: Site, secret: string, offsetMs = 0): string {
  return generateSync({ secret, epoch: Math.floor((site.now + offsetMs) / 1000) });
}

/** Begins to enroll an app; answers its secret. */
export async function beginTotp(visitor: Visitor, name?: string): Promise<string> {
  const body = name === undefined ? {} : { name };
  const begun = expected(await visitor.post('/v1/account/mfa/authenticators/totp', body), 200);
  return String(begun.body.secret);
}

/** Enrolls an app and answers its secret; the clock moves one step on. */
export async function enrollTotp(site: Site, visitor: Visitor, name?: string): Promise<string> {
  const secret = await beginTotp(visitor, name);
  const otp = appCode(site, secret);
  expected(await visitor.put('/v1/account/mfa/authenticators/totp', { otp }), 200);
  await site.forward(30_000);
  return secret;
}

export async function switchOn(visitor: Visitor): Promise<void> {
  expected(await visitor.patch('/v1/account/mfa', { mfa: true }), 200);
}

/** Opens a challenge; answers its id. */
export async function challenge(visitor: Visitor, factor: string): Promise<string> {
  const opened = expected(await visitor.post('/v1/account/mfa/challenges', { factor }), 201);
  return String(opened.body.$id);
}

export function answer(visitor: Visitor, challengeId: string, otp: unknown): Promise<Answer> {
  return visitor.put('/v1/account/mfa/challenges', { challengeId, otp });
}

/** Passes the second factor by an app. */
export async function proveTotp(site: Site, visitor: Visitor, secret: string): Promise<void> {
  const id = await challenge(visitor, 'totp');
  expected(await answer(visitor, id, appCode(site, secret)), 200);
  await site.forward(30_000);
}

/** The codes that were sent, the latest last: notices hold none. */
export function sentCodes(site: Site): readonly string[] {
  return site.outbox.flatMap(({ text }) => /\b\d{6,10}\b/.exec(text)?.[0] ?? []);
}

export function sentCode(site: Site): string {
  const code = sentCodes(site).at(-1);
  if (code === undefined) throw new Error('No code was sent.');
  return code;
}

/** Codes of six digits, none of which is among these. */
export function wrongCodes(count: number, ...right: readonly string[]): readonly string[] {
  const codes = Array.from({ length: count + right.length }, (_, i) => `${100_000 + i}`);
  return codes.filter((code) => !right.includes(code)).slice(0, count);
}

/** The codes that an app shows from one step to another, counted from the site's time. */
export function appCodes(site: Site, secret: string, from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, i) =>
    appCode(site, secret, (from + i) * 30_000),
  );
}

/** Draws until the codes that come up in it all differ: else one would be right in the place of another. */
export async function withDifferentCodes<T>(
  draw: () => Promise<T>,
  codesOf: (drawn: T) => readonly string[],
): Promise<T> {
  const drawn = await draw();
  const codes = codesOf(drawn);
  return new Set(codes).size === codes.length ? drawn : withDifferentCodes(draw, codesOf);
}

/** A code that an app shows neither now nor within the tolerance. */
export function wrongAppCode(site: Site, secret: string): string {
  const right = [-60, -30, 0, 30, 60].map((s) => appCode(site, secret, s * 1000));
  return wrongCodes(1, ...right)[0] ?? '';
}

/** A user with an app and MFA on, and the browser in which it was set up. */
export async function userWithTotp(site: Site, more: Partial<HostUser> = {}) {
  const user = site.addUser(more);
  const owner = await signedIn(site, user);
  const secret = await enrollTotp(site, owner);
  await switchOn(owner);
  return { user, secret, owner };
}

/** A user with a verified mailbox and MFA on, and the browser in which it was switched on. */
export async function userWithMail(site: Site, more: Partial<HostUser> = {}) {
  const user = site.addUser({ emailVerified: true, ...more });
  const owner = await signedIn(site, user);
  await switchOn(owner);
  return { user, owner };
}

/** A browser that still lacks the second factor, and its open challenge by e-mail with the code. */
export async function pendingByMail(site: Site, user?: HostUser) {
  const whose = user ?? (await userWithMail(site)).user;
  const visitor = await signedIn(site, whose);
  const id = await challenge(visitor, 'email');
  return { user: whose, visitor, id, code: sentCode(site) };
}

/** The status by which the guard answers. */
export async function guardOf(visitor: Visitor, path = '/reports'): Promise<number> {
  return (await visitor.get(path)).status;
}
