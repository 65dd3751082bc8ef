import type { Destination } from './notice.ts';
import type { Channel } from './ports.ts';
import type { Digest, FactorType, User } from './vocabulary.ts';

type Awaitable<T> = T | Promise<T>;

/** What is known of a factor without asking it. */
export interface Traits {
  /** Authentication method references (RFC 8176 section 2). */
  readonly amr: readonly string[];
  /**
   * What else it is called, in lower-case letters without anything between them: who means it as a first
   * factor is told its name, or the same channel would count twice (VER-12).
   */
  readonly alsoCalled: RegExp;
  /** Whether it can make a password login AAL2 (NIST SP 800-63B-4 section 2.2.1). */
  readonly aal2: boolean;
  readonly phishingResistant: boolean;
  /** `recovery` completes a sign-in but is no reason to ask for one. */
  readonly role: 'factor' | 'recovery';
  /** Whether its answers can be guessed: then waits grow with the failures, and many disable it. */
  readonly guessable: boolean;
  /** Authenticators of this type that one user may hold. */
  readonly max: number;
  /** Wrong answers after which a challenge dies. */
  readonly tries: number;
  /** How long a challenge lives; at most 10 minutes (NIST SP 800-63B-4 section 3.1.3.2). */
  readonly ttlMs: number;
  /** The channel that it needs, if any. */
  readonly channel?: Channel;
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };
/** Reads what a client sent. Never throws; the message names what was expected and not what came. */
export type Parse<T> = (raw: unknown) => Parsed<T>;

/** What a factor may use: facts and arithmetic, never a store, a clock or HTTP. */
export interface FactorContext {
  readonly user: User;
  readonly issuer: string;
  readonly now: number;
  readonly bytes: (count: number) => Uint8Array;
  readonly digits: (count: number) => string;
  /** Digest bound to this challenge; under the key that made `like` when given. */
  readonly challengeDigest: (value: string, like?: Digest) => Digest;
  /** Digest bound to this authenticator, for what outlives a challenge. */
  readonly authenticatorDigest: (value: string, like?: Digest) => Digest;
  /** What the challenge being answered expects. */
  readonly expects?: Digest;
}

/** A code on its way to its owner. */
export interface Delivery extends Destination {
  readonly code: string;
  /** One text for all the ways to write this destination. */
  readonly mailbox: string;
  /** For a number: what it shares with those that differ in the last four digits, and its country. */
  readonly groups?: { readonly prefix: string; readonly country: string };
}

/** What a challenge of this factor consists of. */
export interface Prepared {
  readonly expects?: Digest;
  readonly deliver?: Delivery;
}

/** Why nothing can be sent: `missing` no destination is known, `unacceptable` this one is not taken. */
export interface Undeliverable {
  readonly status: 'missing' | 'unacceptable';
  readonly message: string;
}

/** `draft` must be confirmed by an answer, `bound` counts at once (recovery codes). `reveal` is shown once. */
export type Draft<Secret> = Prepared & {
  readonly status: 'draft' | 'bound';
  readonly secret: Secret;
  readonly reveal?: Readonly<Record<string, unknown>>;
};

/** `presents` must equal what the challenge expects; `next` is the secret from now on. */
export type Judgement<Secret> =
  | { readonly ok: true; readonly presents?: Digest; readonly next?: Secret }
  | { readonly ok: false; readonly reason: 'wrong' | 'used' };

/**
 * A kind of proof. A factor is pure: it looks at a secret and an answer and says yes or no.
 * Everything that could be raced is decided afterwards by `Store.settle`.
 */
export interface Factor<Secret = unknown, Input = unknown, Answer = unknown> {
  readonly type: FactorType;
  readonly traits: Traits;
  readonly input: Parse<Input>;
  readonly answer: Parse<Answer>;
  enroll(context: FactorContext, input: Input): Awaitable<Draft<Secret> | Undeliverable>;
  /** What is to be sent and expected; a factor that needs neither answers `{}`. */
  challenge(context: FactorContext, secret: Secret): Awaitable<Prepared | Undeliverable>;
  judge(context: FactorContext, secret: Secret, answer: Answer): Awaitable<Judgement<Secret>>;
  /** What its owner may see of the secret: a masked destination, a count. */
  describe(secret: Secret): { readonly hint?: string; readonly remaining?: number };
  /** Where its owner is reached by it, in full and for no answer; undefined where it reaches nobody. */
  destination(secret: Secret): Awaitable<Destination | undefined>;
  /** The secret that the host's own verification stands for, if it vouches for one. */
  vouched(user: User): Secret | undefined;
}
