import { email, maxLength, minLength, object, optional, pipe, regex, string } from 'valibot';
import { safeParse, toLowerCase, trim } from 'valibot';

import { HttpError } from './http-error.ts';
import type { NewUser } from './users.ts';

const schema = object({
  userId: pipe(string(), regex(/^(?:unique\(\)|[A-Za-z0-9][A-Za-z0-9._-]{0,35})$/)),
  email: pipe(string(), trim(), toLowerCase(), maxLength(254), email()),
  password: pipe(string(), minLength(8), maxLength(256)),
  name: optional(pipe(string(), trim(), maxLength(128)), ''),
  phone: optional(pipe(string(), trim(), regex(/^\+[1-9]\d{6,14}$/))),
});

const EXPECTED: Readonly<Record<string, string>> = {
  email: 'Value must be an address such as ada@example.com.',
  password: 'Value must have 8 to 256 characters.',
  name: 'Value must have 128 characters or fewer.',
  phone: 'Value must be a number such as +14155552671.',
};

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
    const message = `Invalid \`${param}\` param: ${EXPECTED[param] ?? 'Value is not as expected.'}`;
    throw new HttpError(400, 'general_argument_invalid', message);
  }
  const { userId, ...user } = result.output;
  return { ...user, id: userId === 'unique()' ? undefined : userId };
}
