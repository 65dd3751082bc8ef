import type { Window } from './ports.ts';

/**
 * How much may be drawn on what many share. Each is a list of windows that hold together; an empty
 * list is no limit. Those of accounts, destinations and networks hold for unknown devices; known
 * ones draw on an account and a destination of their own, so that nobody uses theirs up.
 */
export interface Limits {
  /** Messages for one account. */
  readonly account: readonly Window[];
  /** Messages to one mailbox or number, whoever asks. */
  readonly destination: readonly Window[];
  /** Messages asked for from one network: an IPv4 address, or an IPv6 /64. */
  readonly network: readonly Window[];
  /** Different destinations asked for from one network. */
  readonly destinationsPerNetwork: readonly Window[];
  /** SMS to numbers that differ in the last four digits only: what SMS pumping walks through. */
  readonly prefix: readonly Window[];
  /** SMS to one country. */
  readonly country: readonly Window[];
  /** All SMS. */
  readonly sms: readonly Window[];
  /** Wrong answers and passwords from one network, over all accounts. */
  readonly failures: readonly Window[];
}

/**
 * When so many SMS went to a prefix or country within an hour and no more than `share` of their
 * codes came back, no more are sent there until that changes: who pumps SMS never enters the codes.
 */
export interface Conversion {
  readonly atLeast: number;
  readonly share: number;
}
