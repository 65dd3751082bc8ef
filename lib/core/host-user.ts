import { MfaError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { isLanguageTag } from './language-tag.ts';
import { userIdOf } from './user-id.ts';
import type { User } from './vocabulary.ts';

/** The host's user of this id. A look-up that answers with another user is a fault, never a sign-in (attack A75). */
export async function findUser(engine: Engine, id: string): Promise<User | undefined> {
  const user = asUser(await engine.users.findById(id), 'users.findById');
  if (user && user.id !== id) {
    throw new MfaError(
      'host_callback_failed',
      'users.findById answered with a user of another id: look it up by the id given.',
    );
  }
  return user;
}

/**
 * What a host answered, as a user. Null and undefined are no user; anything that has no usable id
 * is a fault. A locale that is no language tag is none: a message in another language is better than
 * no message.
 *
 * @throws MfaError `host_callback_failed`
 */
export function asUser(found: unknown, from: string): User | undefined {
  if (found === null || found === undefined) return undefined;
  const { id, locale } = found as { readonly id?: unknown; readonly locale?: unknown };
  const usable = userIdOf(id);
  if (usable !== undefined) {
    const spoken = isLanguageTag(locale) ? locale : undefined;
    return { ...(found as User), id: usable, locale: spoken };
  }
  throw new MfaError(
    'host_callback_failed',
    `${from} must give a user with an \`id\` (a string or a number), or null when there is none.`,
  );
}
