import type { Channel } from './ports.ts';
import type { FactorType } from './vocabulary.ts';

/** What an owner is told of without having asked (NIST SP 800-63B-4 section 4.6). */
export type NoticeType =
  | 'authenticator_added'
  | 'authenticator_removed'
  | 'authenticator_suspended'
  | 'authenticator_disabled'
  | 'mfa_switched_on'
  | 'mfa_switched_off'
  | 'recovery_codes_made'
  | 'recovery_codes_replaced'
  | 'recovery_code_used'
  | 'phone_changed'
  | 'factor_failing'
  | 'codes_limited'
  | 'enrollment_forgotten';

/** One notice to one owner. It never holds a secret, a code, an address or a text that a user chose. */
export interface Notice {
  readonly type: NoticeType;
  readonly at: number;
  readonly userId: string;
  /** The owner's language, as the host knows it: never that of who asked, who may be somebody else. */
  readonly locale?: string;
  readonly factor?: FactorType;
  /** How many recovery codes are left. */
  readonly remaining?: number;
}

/** A mailbox or a number. */
export interface Destination {
  readonly channel: Channel;
  readonly to: string;
}

/**
 * Where an owner is told: at what the host knows of the account (`own`), or at what was enrolled; and
 * whether it was `proved`, to the host or by a code.
 */
export interface Told extends Destination {
  readonly own: boolean;
  readonly proved: boolean;
}

/**
 * Tells an owner. Nobody waits for it, and whatever becomes of it changes nothing. `where` is asked
 * when its turn has come; undefined means that the owner was told enough.
 */
export type Tell = (notice: Notice, where: () => Promise<readonly Told[] | undefined>) => void;
