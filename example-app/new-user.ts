import { email, maxLength, minLength, object, optional, pipe, regex, string } from 'valibot';
import { safeParse, toLowerCase, trim } from 'valibot';

import { HttpError } from './errors.ts';
import type { NewUser } from './users.ts';

const schema = object({
  userId: pipe(string(), regex(/^(?:unique\(\)|[A-Za-z0-9][A-Za-z0-9._-]{0,35})$/)),
  email: pipe(string(), trim(), toLowerCase(), maxLength(254), email()),
  password: pipe(string(), minLength(8), maxLength(256)),
  name: optional(pipe(string(), trim(), maxLength(128)), ''),
  phone: optional(pipe(string(), trim(), regex(/^\+[1-9]\d{6,14}$/))),
});

/**
 * Reads the body of a registration, as Appwrite's SDKs send it. Unknown keys are dropped, so
 * nobody registers as `emailVerified`.
 *
 * @throws HttpError 400, which names the parameter and not what was sent
 */
export function readNewUser(body: unknown): NewUser {
  const result = safeParse(schema, body);
  if (!result.success) {
    const key = result.issues[0].path?.[0]?.key;
    const param = typeof key === 'string' ? key : 'body';
    throw new HttpError(400, 'general_argument_invalid', `Invalid \`${param}\` param.`);
  }
  const { userId, ...user } = result.output;
  return { ...user, id: userId === 'unique()' ? undefined : userId };
}

/** Someone was faster, or is the same person. */
export function alreadyExists(): HttpError {
  const message = 'A user with the same id, email, or phone already exists in this project.';
  return new HttpError(409, 'user_already_exists', message);
}
