import { secretBinding } from '../../lib/core/enrollment.ts';
import type { Lifetimes } from '../../lib/core/policy.ts';
import type { Keyring } from '../../lib/core/keyring.ts';
import type {
  Authenticator,
  Completed,
  CompletedBy,
  Enrollment,
  Facts,
  Held,
  SessionRecord,
} from '../../lib/core/vocabulary.ts';
import { DAY, HOUR, MINUTE, START } from './engine.ts';

export const LIFETIMES: Lifetimes = {
  idleMs: HOUR,
  overallMs: DAY,
  pendingMs: 10 * MINUTE,
  freshMs: 10 * MINUTE,
};

/** An authenticator as a guard sees it: the id is that of the type. */
export function held(type: string, more: Partial<Held> = {}): Held {
  return { id: `${type}-1`, type, counts: type !== 'recoveryCode', ...more };
}

export function facts(more: Partial<Facts> = {}): Facts {
  return { version: 3, mfa: true, held: [held('totp')], endedBefore: 0, ...more };
}

/** A factor that was proved, by default a moment ago, by the authenticator that {@link held} names. */
export function proved(factor: string, by: CompletedBy, more: Partial<Completed> = {}): Completed {
  const authenticator = by === 'first-factor' ? {} : { authenticator: `${factor}-1` };
  return { factor, ...authenticator, by, at: START, ...more };
}

export const PASSWORD = proved('password', 'first-factor');

export function record(
  completed: readonly Completed[] = [PASSWORD],
  more: Partial<SessionRecord> = {},
): SessionRecord {
  const ids = { id: 'r1', userId: 'u1', secret: 's1' };
  return { ...ids, createdAt: START, seenAt: START, completed, ...more };
}

export function authenticator(type: string, more: Partial<Authenticator> = {}): Authenticator {
  return {
    id: `${type}-1`,
    type,
    name: type,
    secret: 'sealed',
    origin: 'enrolled',
    state: 'active',
    createdAt: START,
    ...more,
  };
}

/** One whose secret this key ring opens for `u1`, as if it had bound it. */
export function sealed(
  keyring: Keyring,
  type: string,
  secret: unknown,
  more: Partial<Authenticator> = {},
): Authenticator {
  const bound = authenticator(type, more);
  return { ...bound, secret: keyring.seal(secret, secretBinding('u1', bound)) };
}

export function enrollment(
  authenticators: readonly Authenticator[] = [],
  more: Partial<Enrollment> = {},
): Enrollment {
  return { userId: 'u1', version: 3, mfa: false, authenticators, endedBefore: 0, ...more };
}
