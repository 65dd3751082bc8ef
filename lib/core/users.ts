import type { HostUser, Purpose } from './vocabulary.ts';

/** What is about to go to a number: a code that proves or enrolls it, or a notice to its owner. */
export type Texting = Purpose | 'notice';

/** The host's own users, of types of its own. Each may answer directly or by a promise. */
export interface Users<ById extends HostUser = HostUser, ByEmail extends HostUser = ById> {
  findById(id: string): ById | null | undefined | Promise<ById | null | undefined>;
  findByEmail(email: string): ByEmail | null | undefined | Promise<ByEmail | null | undefined>;
  /**
   * Gets the very object that a look-up of yours answered with, with its methods and whatever else it
   * has. Anything but `true` is a no.
   */
  verifyPassword(user: ById | ByEmail, password: string): boolean | Promise<boolean>;
  /**
   * Your hashing of a new password. It is called, and its answer dropped, when nobody has the address
   * that signs in: that refusal then costs what one of a wrong password costs (attack A23).
   */
  hashPassword?(password: string): unknown;
  /** Needed for `PATCH /account/phone` only. The number is in E.164 and unproved: clear `phoneVerified`. */
  updatePhone?(userId: string, phone: string): unknown;
  /**
   * Asked before anything goes to a number: whether its SIM was swapped lately, or the number ported.
   * Nothing is sent unless it answers exactly `true`. It is asked only when all limits allow a message.
   */
  mayText?(userId: string, phone: string, purpose: Texting): boolean | Promise<boolean>;
}
