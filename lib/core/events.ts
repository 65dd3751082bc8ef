import type { FactorType } from './vocabulary.ts';

/** What happened. */
export type MfaEventType =
  | 'signed_in'
  | 'sign_in_refused'
  | 'signed_out'
  | 'sessions_ended'
  | 'mfa_switched_on'
  | 'mfa_switched_off'
  | 'challenge_created'
  | 'challenge_completed'
  | 'challenge_refused'
  | 'factor_refused'
  | 'factor_locked'
  | 'authenticator_added'
  | 'authenticator_renamed'
  | 'authenticator_removed'
  | 'authenticator_disabled'
  | 'authenticator_unreadable'
  | 'recovery_codes_replaced'
  | 'phone_changed'
  | 'phone_change_refused'
  | 'enrollment_forgotten'
  | 'user_erased'
  | 'delivery_failed'
  | 'conversion_low'
  | 'authenticator_suspended'
  | 'authenticator_restored'
  | 'notice_failed'
  | 'record_unverified'
  | 'warning'
  | 'fault';

/** Who did it from where, as far as HTTP knows. */
export interface Source {
  readonly ip?: string | undefined;
}

/** Tells the host of an event; the time is put to it, whatever the clock says. */
export type Emit = (event: Omit<MfaEvent, 'at'>) => void;

/**
 * One security event. Nothing that we write into it holds a secret, a code, a pointer or a destination;
 * `error` may be, or have as its `cause`, what the host's functions or a driver threw, with what is in there.
 */
export interface MfaEvent extends Source {
  readonly type: MfaEventType;
  readonly at: number;
  readonly userId?: string;
  readonly session?: string;
  readonly factor?: FactorType;
  readonly authenticator?: string;
  readonly reason?: string;
  /** Set on `fault`, `warning`, `delivery_failed` and `notice_failed`: an `MfaError` where we know the cause. */
  readonly error?: unknown;
}
