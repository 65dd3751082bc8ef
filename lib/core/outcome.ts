import type { Need } from './policy.ts';
import type { FactorType } from './vocabulary.ts';

/**
 * Why something was refused: one word each, apart from status and wording. What a guesser could
 * learn from (wrong, expired, used, unknown, another's) is one word: `invalid`.
 */
export type Reason =
  | Need
  | 'invalid'
  | 'malformed'
  | 'credentials'
  | 'signed-in'
  | 'locked'
  | 'cooling'
  | 'limited'
  | 'unknown-factor'
  | 'same-as-first'
  | 'no-channel'
  | 'undelivered'
  | 'no-destination'
  | 'not-verified'
  | 'unacceptable'
  | 'no-authenticator'
  | 'authenticator-exists'
  | 'too-many'
  | 'vouched'
  | 'no-session'
  | 'no-user'
  | 'unsupported';

/** A refusal is a value: an answer to the caller, not a fault. */
export interface Refusal {
  readonly status: 'refused';
  readonly reason: Reason;
  readonly factor?: FactorType;
  /** The types of factors that would complete the sign-in. */
  readonly factors?: readonly FactorType[];
  /** The others that the user holds would not help. */
  readonly only?: boolean;
  /** When it may be tried again. */
  readonly retryAt?: number;
  /** Wrong answers that the challenge survives yet; for the owner's own page, never on the wire. */
  readonly triesLeft?: number;
  /** What to tell the caller when the reason alone does not say it. */
  readonly message?: string;
}

/** `pointer` is set when the session moved: the host session must be renewed and hold it from now on. */
export interface Done<T> {
  readonly status: 'done';
  readonly value: T;
  readonly pointer?: string;
  /** Set when the sign-in is complete: what the browser is to keep (see `deviceToken`). */
  readonly device?: string;
}

export type Outcome<T> = Done<T> | Refusal;

export function done<T>(value: T, pointer?: string): Done<T> {
  return pointer === undefined ? { status: 'done', value } : { status: 'done', value, pointer };
}

export function refused(reason: Reason, more: Omit<Refusal, 'status' | 'reason'> = {}): Refusal {
  return { status: 'refused', reason, ...more };
}
