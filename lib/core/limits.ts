import type { Window } from './budget.ts';

/**
 * How much may be drawn on what many share. Each is a list of windows that hold together; an empty
 * list is no limit. Those of accounts, destinations, networks and prefixes hold for unknown devices;
 * known ones draw on an account, a destination and a prefix of their own, so that nobody uses theirs
 * up. What they enroll is nobody's known destination yet.
 */
export interface Limits {
  /** Codes sent for one account. @default 6 in 1 h, 15 in 24 h */
  readonly account: readonly Window[];
  /** Codes sent to one mailbox or number, whoever asks. @default 5 in 10 min, 5 in 1 h, 10 in 24 h */
  readonly destination: readonly Window[];
  /** Codes asked for from one network: an IPv4 address or an IPv6 /64, by `req.ip`. @default 10 in 1 h, 30 in 24 h */
  readonly network: readonly Window[];
  /** Different destinations asked for from one network. @default 5 in 1 h */
  readonly destinationsPerNetwork: readonly Window[];
  /** Codes by SMS to numbers that differ in the last four digits only: what SMS pumping walks through. @default 10 in 1 h */
  readonly prefix: readonly Window[];
  /** Codes by SMS to one country. @default 1000 in 24 h */
  readonly country: readonly Window[];
  /** All SMS, codes and notices. @default 500 in 1 h */
  readonly sms: readonly Window[];
  /** Wrong answers and passwords from one network, over all accounts. @default 30 in 10 min, 100 in 1 h */
  readonly failures: readonly Window[];
}

/**
 * When so many SMS went to a prefix or country within an hour and no more than `share` of their
 * codes came back, no more are sent there until that changes: who pumps SMS never enters the codes.
 * Known devices get theirs all the same.
 */
export interface Conversion {
  /** @default 50 */
  readonly atLeast: number;
  /** 0 lets all through. @default 0.3 */
  readonly share: number;
}
