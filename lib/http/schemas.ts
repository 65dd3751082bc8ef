import {
  boolean,
  maxLength,
  minLength,
  object,
  optional,
  pipe,
  regex,
  safeParse,
  string,
  trim,
} from 'valibot';
import type { GenericSchema, InferOutput } from 'valibot';

import { refused } from '../core/outcome.ts';
import type { Refusal } from '../core/outcome.ts';

// Unknown keys are dropped by `object`: a `userId` in a body never names the subject (CVE-2025-61928).
const text = (max: number) => pipe(string(), minLength(1), maxLength(max));
const name = pipe(
  string(),
  trim(),
  minLength(1),
  maxLength(64),
  regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u),
);
// Printable ASCII, so that no look-alike reaches a store; what is a code is for the factor to say.
const otp = pipe(text(64), regex(/^[\x20-\x7e]+$/));

export const passwordSession = object({
  email: pipe(string(), trim(), minLength(1), maxLength(254)),
  password: text(256),
});
export const mfaSwitch = object({ mfa: boolean() });
export const newChallenge = object({ factor: text(64), authenticatorId: optional(text(64)) });
export const challengeAnswer = object({ challengeId: text(256), otp });
export const enrollmentAnswer = object({ otp });
export const authenticatorName = object({ name });
export const newAuthenticator = object({ name: optional(name) });
export const verificationAnswer = object({ userId: text(256), secret: otp });
export const newPhone = object({
  phone: pipe(string(), trim(), regex(/^\+[1-9]\d{6,14}$/)),
  password: text(256),
});

/** A body as a schema wants it, or a refusal in Appwrite's words that names the parameter and not what was sent. */
export function bodyAs<S extends GenericSchema>(
  schema: S,
  body: unknown,
): { readonly value: InferOutput<S> } | Refusal {
  const result = safeParse(schema, body);
  if (result.success) return { value: result.output };
  const [issue] = result.issues;
  const key = issue.path?.[0]?.key;
  const param = typeof key === 'string' ? key : 'body';
  if (issue.received === 'undefined') {
    return refused('malformed', { message: `Param "${param}" is not optional.` });
  }
  const expected = issue.expected ?? 'another value';
  return refused('malformed', { message: `Invalid \`${param}\` param: expected ${expected}.` });
}
