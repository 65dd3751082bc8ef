import { MfaError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { isLanguageTag } from './language-tag.ts';
import { userIdOf } from './user-id.ts';
import type { User } from './vocabulary.ts';

/** A user as it is read here, and the very object that the host answered with: its own functions get that. */
export interface Found {
  readonly user: User;
  readonly own: User;
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
 * What a look-up answered. Null and undefined are no user; anything that has no usable id is a fault.
 * A locale that is no language tag is none: a message in another language is better than no message.
 *
 * @throws MfaError `host_callback_failed`
 */
export function asFound(answer: unknown, from: string): Found | undefined {
  if (answer === null || answer === undefined) return undefined;
  const own = answer as User;
  // Each by its name: an ORM has them behind accessors of a class, which no spread copies.
  const { name, email, emailVerified, phone, phoneVerified, createdAt, locale } = own;
  const id = userIdOf(own.id);
  if (id === undefined) {
    throw new MfaError(
      'host_callback_failed',
      `${from} must give a user with an \`id\` (a string or a number), or null when there is none.`,
    );
  }
  const spoken = isLanguageTag(locale) ? locale : undefined;
  return {
    user: { id, name, email, emailVerified, phone, phoneVerified, createdAt, locale: spoken },
    own,
  };
}
