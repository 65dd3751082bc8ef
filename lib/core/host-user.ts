import { MfaError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { isLanguageTag } from './language-tag.ts';
import { userIdOf } from './user-id.ts';
import type { HostUser, User } from './vocabulary.ts';

/** A user as it is read here, and the very object that the host answered with: its own functions get that. */
export interface Found {
  readonly user: User;
  readonly own: HostUser;
}

/** The host's user of this id. A look-up that answers with another user is a fault, never a sign-in (attack A75). */
export async function findUser(engine: Engine, id: string): Promise<Found | undefined> {
  const found = asFound(await engine.users.findById(id), 'users.findById');
  if (found && found.user.id !== id) {
    throw new MfaError(
      'host_callback_failed',
      'users.findById answered with a user of another id: look it up by the id given.',
    );
  }
  return found;
}

/**
 * What a look-up answered. Null and undefined are no user; anything that has no usable id is a fault. So
 * is an address that is no text, or not clearly verified or unverified. A locale that is no language tag
 * is none, as is a name that is no text: a message in another language is better than no message.
 *
 * @throws MfaError `host_callback_failed`
 */
export function asFound(answer: unknown, from: string): Found | undefined {
  if (answer === null || answer === undefined) return undefined;
  const own = answer as HostUser;
  // Each by its name: an ORM has them behind accessors of a class, which no spread copies.
  const { name, createdAt, locale } = own;
  const id = userIdOf(own.id);
  if (id === undefined) {
    throw new MfaError(
      'host_callback_failed',
      `${from} must give a user with an \`id\` (a string or a number), or null when there is none.`,
    );
  }
  const user: User = {
    id,
    name: typeof name === 'string' ? name : undefined,
    email: textOf(own.email, `${from} must give \`email\``),
    emailVerified: isVerified(own.emailVerified, `${from} must give \`emailVerified\``),
    phone: textOf(own.phone, `${from} must give \`phone\``),
    phoneVerified: isVerified(own.phoneVerified, `${from} must give \`phoneVerified\``),
    createdAt: createdAt ?? undefined,
    locale: isLanguageTag(locale) ? locale : undefined,
  };
  return { user, own };
}

/** What is no text would be read as one somewhere, and its owner hear of nothing. */
function textOf(value: unknown, who: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value;
  throw new MfaError('host_callback_failed', `${who} as a text, or null when there is none.`);
}

/** A text is neither: "false", taken for a yes, would make a second factor of what nobody proved (DEL-10). */
function isVerified(value: unknown, who: string): boolean {
  const isDate = value instanceof Date && !Number.isNaN(value.getTime());
  if (value === true || value === 1 || isDate) return true;
  if (value === false || value === 0 || value === null || value === undefined) return false;
  throw new MfaError(
    'host_callback_failed',
    `${who} as true or false; 1, 0, null and the date of it will do, and a text such as "false" never.`,
  );
}
