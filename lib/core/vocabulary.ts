/**
 * The words of the domain (NIST SP 800-63B-4, RFC 8176, RFC 9470). Points in time are epoch
 * milliseconds, durations end in `Ms`. Everything here is plain JSON, so any store can keep it.
 */

/** A kind of proof, by name: `totp`, `email`, … The core knows no list of them. */
export type FactorType = string;

/** Ciphertext that only the key ring opens; a store sees nothing else of a secret. */
export type Sealed = string;

/** A keyed digest, `<key id>.<MAC in base64url>`; useless without the key ring. */
export type Digest = string;

/**
 * `active` can be challenged; `suspended` had too many failures from unknown devices and can be
 * proved from a known one, which makes it active again; `disabled` had too many there as well;
 * `lapsed` is no longer vouched for by the host.
 */
export type AuthenticatorState = 'active' | 'suspended' | 'disabled' | 'lapsed';

/** One enrolled instance of a factor: this phone's app, that mailbox. */
export interface Authenticator {
  readonly id: string;
  readonly type: FactorType;
  readonly name: string;
  readonly secret: Sealed;
  /** `enrolled` was proved to us, `vouched` is the host's word (`emailVerified`, `phoneVerified`). */
  readonly origin: 'enrolled' | 'vouched';
  readonly state: AuthenticatorState;
  readonly createdAt: number;
  readonly usedAt?: number;
  /** The session in which it was made; of what the host vouches for there is none. */
  readonly madeIn?: string;
}

/** All that one user has bound; one document, one version, saved by compare-and-set. */
export interface Enrollment {
  readonly userId: string;
  readonly version: number;
  /** The user's MFA switch. */
  readonly mfa: boolean;
  readonly authenticators: readonly Authenticator[];
  /** Sessions begun before this moment are over. */
  readonly endedBefore: number;
  /** Since when a browser must have completed a sign-in to be known; `endedBefore` where it is not set. */
  readonly knownSince?: number;
}

/** How a factor came to count for a session. Only `challenge` renews freshness; `switch` proves nothing. */
export type CompletedBy = 'first-factor' | 'enrollment' | 'challenge' | 'switch';

/** The fact that a factor was proved in a session. */
export interface Completed {
  readonly factor: FactorType;
  readonly authenticator?: string;
  readonly by: CompletedBy;
  readonly at: number;
}

/** What is known of one signed-in session. `secret` is the part of the pointer that changes at each elevation. */
export interface SessionRecord {
  readonly id: string;
  readonly userId: string;
  readonly secret: string;
  readonly createdAt: number;
  readonly seenAt: number;
  /** Set where it outlived an end of all other sessions: what `endedBefore` is compared with. */
  readonly renewedAt?: number;
  /** From where it was begun. */
  readonly device?: Device;
  /** Of an unknown device: its network, by a name that tells nobody which. */
  readonly network?: string;
  readonly completed: readonly Completed[];
}

/** An authenticator as a guard sees it. `counts` is false for what only recovers (recovery codes). */
export interface Held {
  readonly id: string;
  readonly type: FactorType;
  readonly counts: boolean;
}

/** The small part of an enrollment that a guard needs on every request. */
export interface Facts {
  readonly version: number;
  readonly mfa: boolean;
  readonly held: readonly Held[];
  readonly endedBefore: number;
}

/** What an answer is for. It is part of every binding, so neither passes for the other. */
export type Purpose = 'prove' | 'enroll';

/**
 * A browser that has completed a sign-in of this user before is `known`: what strangers get wrong
 * elsewhere is counted apart from it (OWASP, device cookies).
 */
export type Device = 'known' | 'unknown';

/** What must be answered now, by this user, in this session, for this authenticator. */
export interface Challenge {
  readonly id: string;
  readonly userId: string;
  readonly session: string;
  readonly purpose: Purpose;
  readonly factor: FactorType;
  readonly authenticator: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Wrong answers that it survives, plus one. */
  readonly tries: number;
  /** From where it was asked for; an enrollment is from an unknown one, whose destination nobody has proved. */
  readonly device: Device;
  /** Where its failures count: the first locks, the others only count along. */
  readonly counters: readonly [string, ...string[]];
  /** What a right answer presents; absent when `judge` alone decides. */
  readonly expects?: Digest;
  /** The secret that a right answer binds (purpose `enroll`). */
  readonly draft?: Sealed;
  readonly name?: string;
  /** The groups of numbers whose conversion a right answer is a part of. */
  readonly groups?: readonly string[];
}

/** A yes or a no of the host, as databases have it, too: 1 and 0, or the date of it and null. */
export type Verified = boolean | 0 | 1 | Date | null;

/** The host's user, as far as MFA is concerned: of a row, a document or an instance of a class these are read. */
export interface HostUser {
  readonly id: string | number;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** Whether you saw its owner read it: `true`, `1`, or the date of it. What is no clear yes or no is a fault. */
  readonly emailVerified?: Verified | undefined;
  /** In E.164, such as `+4915112345678`. */
  readonly phone?: string | null | undefined;
  /** As `emailVerified`: what you vouch for is a second factor. */
  readonly phoneVerified?: Verified | undefined;
  readonly createdAt?: Date | number | string | null | undefined;
  /** The language of messages to this user, as a BCP 47 tag such as `de-AT`. */
  readonly locale?: string | null | undefined;
}

/** The same as it was read: an id is a text, and what there is none of is undefined. */
export interface User extends HostUser {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly createdAt?: Date | number | string | undefined;
  readonly locale?: string | undefined;
}
