import type { Window } from './core/ports.ts';

/**
 * Browsers in which a user has completed a sign-in before have an account and a destination limit
 * of their own and none by network, so that nobody else can use theirs up.
 */
export interface LimitOptions {
  /** Codes sent for one account. @default 6 in 1 h, 15 in 24 h */
  readonly account?: readonly Window[] | undefined;
  /** Codes sent to one mailbox or number. @default 5 in 10 min, 5 in 1 h, 10 in 24 h */
  readonly destination?: readonly Window[] | undefined;
  /** Codes asked for from one network: an IPv4 address or an IPv6 /64, by `req.ip`. @default 10 in 1 h, 30 in 24 h */
  readonly network?: readonly Window[] | undefined;
  /** Different destinations asked for from one network. @default 5 in 1 h */
  readonly destinationsPerNetwork?: readonly Window[] | undefined;
  /** SMS to numbers that differ in the last four digits only. @default 10 in 1 h */
  readonly prefix?: readonly Window[] | undefined;
  /** SMS to one country. @default 1000 in 24 h */
  readonly country?: readonly Window[] | undefined;
  /** All SMS. @default 500 in 1 h */
  readonly sms?: readonly Window[] | undefined;
  /** Wrong answers and passwords from one network, over all accounts. @default 30 in 10 min, 100 in 1 h */
  readonly failures?: readonly Window[] | undefined;
  /**
   * No SMS goes to a prefix or country while, of at least `atLeast` sent there within an hour, less
   * than `share` of the codes came back; 0 lets all through. @default { atLeast: 50, share: 0.3 }
   */
  readonly conversion?:
    { readonly atLeast?: number | undefined; readonly share?: number | undefined } | undefined;
}
