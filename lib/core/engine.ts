import type { Emit } from './events.ts';
import type { Delivery, Factor, FactorContext } from './factor.ts';
import type { Keyring } from './keyring.ts';
import type { Conversion, Limits } from './limits.ts';
import type { Tell } from './notice.ts';
import type { Channel, LockStep, Message, Random, Sender, Store } from './ports.ts';
import type { Users } from './users.ts';
import type { Lifetimes } from './policy.ts';
import type { Digest, FactorType, Purpose, User } from './vocabulary.ts';

/** The numbers that rule; see `options` for what a host may set. */
export interface Settings {
  readonly issuer: string;
  readonly lifetimes: Lifetimes;
  readonly locks: readonly LockStep[];
  /** Consecutive failures that disable an authenticator (NIST SP 800-63B-4 section 3.2.2). */
  readonly hardCap: number;
  /** Consecutive failures of all factors of an account that disable whichever is answered wrong next. */
  readonly accountCap: number;
  readonly coolDownMs: readonly number[];
  readonly limits: Limits;
  readonly conversion: Conversion;
  readonly maxSessions: number;
}

/** Turns a code into the text that its owner reads, in the first of the languages that is spoken. */
export type Compose = (
  delivery: Delivery,
  about: {
    readonly purpose: Purpose;
    readonly ttlMs: number;
    /** BCP 47 tags, best first. */
    readonly languages: readonly string[];
  },
) => Message | Promise<Message>;

/** What every command works with; made once by the wiring. */
export interface Engine {
  readonly store: Store;
  readonly users: Users;
  readonly factors: ReadonlyMap<FactorType, Factor>;
  readonly senders: Readonly<Partial<Record<Channel, Sender>>>;
  readonly compose: Compose;
  readonly tell: Tell;
  readonly keyring: Keyring;
  readonly random: Random;
  /** The opaque tag of a user id, as it stands in pointers and store keys. */
  tag(userId: string): string;
  /** @throws MfaError when the host's clock answers no time */
  now(): number;
  readonly emit: Emit;
  readonly settings: Settings;
}

/** Who asks: the pointer that the host session holds, and where from. */
export interface Caller {
  readonly pointer?: string | undefined;
  readonly ip?: string | undefined;
  /** What budgets go by: one name for all the addresses that one holder has at will. */
  readonly network?: string | undefined;
  /** The languages that this browser asks for, best first: tags of BCP 47, or what a client took for such. */
  readonly languages?: readonly string[] | undefined;
  /** What this browser keeps of an earlier sign-in, if anything. */
  readonly device?: string | undefined;
}

/** What a factor is given to work with, for one challenge of one authenticator. */
export function factorContext(
  engine: Engine,
  about: {
    readonly user: User;
    readonly challenge: string;
    readonly authenticator: string;
    readonly factor: FactorType;
    readonly purpose: Purpose;
    readonly session: string;
    readonly expects?: Digest | undefined;
  },
): FactorContext {
  const { user, factor, purpose } = about;
  const challenge = [
    'challenge',
    user.id,
    about.session,
    factor,
    purpose,
    about.authenticator,
    about.challenge,
  ];
  const authenticator = ['answer', user.id, factor, about.authenticator];
  return {
    user,
    issuer: engine.settings.issuer,
    now: engine.now(),
    bytes: (count) => engine.random.bytes(count),
    digits: (count) => engine.random.digits(count),
    challengeDigest: (value, like) => engine.keyring.digest(value, challenge, like),
    authenticatorDigest: (value, like) => engine.keyring.digest(value, authenticator, like),
    ...(about.expects === undefined ? {} : { expects: about.expects }),
  };
}
