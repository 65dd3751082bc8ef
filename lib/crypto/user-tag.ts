import { createHash } from 'node:crypto';

/**
 * The tag that all keys of a user share: a digest, so that no user id can break a Redis hash
 * tag or meet another namespace. Not keyed: it must outlive every rotation.
 */
export function userTag(userId: string): string {
  return createHash('sha256').update('express-mfa user\0').update(userId).digest('base64url');
}
