import type { Budget, Spent } from './budget.ts';
import type { Pointer } from './pointer.ts';
import type { Challenge, Digest, Enrollment, Facts, SessionRecord } from './vocabulary.ts';

/**
 * Durable storage of enrollments: small enough to be two columns of the host's users table.
 * `load` of an unknown user answers {@link emptyEnrollment}; `save` is a compare-and-set and
 * answers whether the stored version was `next.version - 1` (no row counts as version 0).
 */
export interface EnrollmentStore {
  load(userId: string): Promise<Enrollment>;
  save(next: Enrollment): Promise<boolean>;
}

/** Consecutive failures, and until when they lock (0: they do not). */
export interface Failures {
  readonly count: number;
  readonly until: number;
}

/** All that one request needs to know, from one read. No `record`: the pointer points at nothing. */
export interface Loaded {
  readonly enrollment: Enrollment;
  readonly record?: SessionRecord;
  readonly challenges: readonly Challenge[];
  /** By counter (see `Challenge.counters`). */
  readonly failures: Readonly<Record<string, Failures>>;
  /** Until when no further message is sent, by place (see `coolDownOf`). */
  readonly rests: Readonly<Record<string, number>>;
}

/** A session record that replaces the one whose secret is `secret`; if that one moved on, nothing happens. */
export interface Move {
  readonly secret: string;
  readonly record: SessionRecord;
}

/** A change of the enrollment, the facts that follow from it, and the session that made it. */
export interface Change {
  readonly next: Enrollment;
  readonly facts: Facts;
  readonly session?: Move;
}

/**
 * What became of a change. `unmoved`: it came true, but the session that made it was over, or had
 * moved on, before it could move; `ended`: that was so before, and nothing came true.
 */
export type Saved = 'saved' | 'unmoved' | 'stale' | 'ended';

/** What holds for a challenge whose code is sent: waits between messages, and how many may be live at once. */
export interface Sending {
  readonly coolDownMs: readonly number[];
  readonly live: number;
}

/** A challenge to put in its slot. `secret` is that of the session record. */
export interface Opening {
  readonly challenge: Challenge;
  readonly secret: string;
  readonly sending?: Sending;
  readonly now: number;
}

export type Opened =
  | { readonly status: 'opened' }
  | { readonly status: 'locked'; readonly until: number }
  | { readonly status: 'cooling'; readonly until: number }
  | { readonly status: 'ended' };

/** After `count` consecutive failures a counter rests for `waitMs`; the last step that is reached holds. */
export interface LockStep {
  readonly count: number;
  readonly waitMs: number;
}

/**
 * An answer that was judged. `change` is what comes true if it is accepted: with a wrong answer
 * there is none. The store alone decides, in one atomic step.
 */
export interface Attempt {
  readonly challenge: Challenge;
  readonly secret: string;
  readonly ok: boolean;
  readonly presents?: Digest;
  readonly change?: Change;
  readonly locks: readonly LockStep[];
  readonly now: number;
}

/** What became of an answer. `unmoved`: it was accepted, as a change is {@link Saved}. */
export type Settled =
  | { readonly status: 'accepted' }
  | { readonly status: 'unmoved' }
  | { readonly status: 'refused'; readonly failures: Failures; readonly triesLeft: number }
  | { readonly status: 'expired' }
  | { readonly status: 'locked'; readonly until: number }
  | { readonly status: 'stale' };

/** Facts (and a moved session, and a factor that succeeded) to be written without an enrollment. */
export interface Remembering {
  readonly userId: string;
  readonly facts: Facts;
  readonly session?: Move;
  readonly succeeded?: Challenge;
}

/** A session that was ended, and whose it was. */
export type Ended = Pick<SessionRecord, 'id' | 'userId'>;

/** What is wrong with a store's server: its settings or its clock, in one sentence with the remedy. */
export interface StoreWarning {
  readonly reason: 'store' | 'clock';
  readonly message: string;
}

/**
 * What lives as long as a login: session records, facts, challenges, failures, cool-downs.
 * Each verb is one atomic step that wins its own race; all that it writes is born with a time
 * to live. A verb that cannot be carried out rejects, and then nothing is granted.
 */
export interface VolatileStore {
  /** How long all that one request asks for may take together, in milliseconds. @default 1000 */
  readonly requestMs?: number | undefined;
  /**
   * Adds a record; of more than `limit` records of a user some are dropped (see `crowdedOut`), and
   * again when a stranger's session has proved more by a later move.
   */
  begin(
    record: SessionRecord,
    facts: Facts,
    lifetime: { readonly keepMs: number; readonly limit: number },
  ): Promise<void>;
  /** The guard's one read. A pointer whose secret is not the record's points at nothing; then there are no facts either. */
  session(pointer: Pointer): Promise<{ readonly record?: SessionRecord; readonly facts?: Facts }>;
  /** As {@link Loaded}, without the enrollment. */
  recall(pointer: Pointer): Promise<Omit<Loaded, 'enrollment'>>;
  /**
   * Puts a challenge in its slot, in the place of an older one. When it is sent and more
   * of its user's that were would be live than may be, those that end first are gone: those of
   * strangers' sessions for one of a stranger's (see `isStrangers`), the others for the others.
   */
  open(opening: Opening): Promise<Opened>;
  /**
   * Takes back a challenge that was not delivered, and its cool-down with it. The one that it replaced is
   * back, and those that made room for it, save where a newer one is.
   */
  withdraw(challenge: Challenge): Promise<void>;
  /**
   * Decides an answer, in this order: lock, session, challenge, version, match. The challenge must
   * be as it is kept: it was verified when it was read, and may have been changed since. Accepted: the
   * change comes true, the challenge is gone, the failures of its counters are forgotten. Refused: one
   * failure more in each. An attempt without a change only consumes the challenge (see `splitStore`).
   */
  settle(attempt: Attempt): Promise<Settled>;
  /**
   * Gives back what an attempt without a change consumed, with the tries that it had left.
   * Nothing happens when a newer challenge took the slot or the session is over.
   */
  restore(challenge: Challenge): Promise<void>;
  /**
   * From now on facts older than `version` count as missing, and none are accepted: said before an
   * enrollment is saved elsewhere, so that a crash in between leaves no guard with outdated facts.
   * False, and nothing happens, when the session that wants to move moved on or is over.
   */
  outdate(userId: string, version: number, session?: Move): Promise<boolean>;
  /**
   * Writes facts unless newer ones are there. When the session is where it was, moves it and
   * forgets the failures of what succeeded; false when it moved on or is over.
   */
  remember(remembering: Remembering): Promise<boolean>;
  /** Notes that a session was used at `at`. */
  touch(pointer: Pointer, at: number): Promise<void>;
  /** The live records of a user, in no order. */
  sessions(userId: string): Promise<readonly SessionRecord[]>;
  /**
   * Takes one from a budget under `id`, if each of its windows has one left; `until` is when that
   * will be. The same id takes only one while it is counted.
   */
  spend(budget: Budget, id: string, now: number): Promise<Spent>;
  /** Gives back what `id` took. */
  refund(budget: Budget, id: string): Promise<void>;
  /** How many were taken after `since`, as far as the budget's windows reach back. */
  tally(budget: Budget, since: number): Promise<number>;
  /** What its server's settings or its clock put at risk; none when nothing does. `now` is the app's clock. */
  warnings(now: () => number): Promise<readonly StoreWarning[]>;
  /**
   * Ends these sessions of the user whose tag it is, or all, with their challenges, wherever they
   * have moved to; answers those that were there. Nothing that a pointer knows of a session but its
   * id is asked for, so that a logout holds whatever it meets.
   */
  end(tag: string, ids: readonly string[] | 'all'): Promise<readonly Ended[]>;
  /** Forgets the failures of the user whose tag it is, known devices' included, and the waits between messages. */
  forgive(tag: string): Promise<void>;
  /**
   * Deletes all that is kept of the user whose tag it is, failures and locks included. Budgets that
   * many draw on are left to expire: they name nobody.
   */
  erase(tag: string): Promise<void>;
}

/** The version of the facts of a user that a guard went by. */
export interface Known {
  readonly userId: string;
  readonly version: number;
}

/** Everything: what `createMfa({ store })` takes. */
export interface Store extends VolatileStore {
  enrollment(userId: string): Promise<Enrollment>;
  /** Compare-and-set on the version, and the facts and the session's move in the same step. */
  save(change: Change): Promise<Saved>;
  load(pointer: Pointer): Promise<Loaded>;
  /**
   * As `touch`, if the enrollment is still of the version that the facts beside the session are of;
   * if not, notes nothing and answers it. Facts may be older than it in spite of all: a failover
   * lost them, or an old dump was put back.
   */
  renew(pointer: Pointer, known: Known, at: number): Promise<Enrollment | undefined>;
}

/** How a message leaves. */
export type Channel = 'email' | 'sms';

/** One message to one mailbox or number. `ttlMs` is how long its code is of use. */
export interface Message {
  readonly channel: Channel;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Of an e-mail only: the same as a page of HTML that needs nothing from elsewhere. */
  readonly html?: string;
  readonly ttlMs: number;
}

/** Carries one message. Resolves once the transport took it, rejects otherwise. */
export interface Sender {
  send(message: Message): Promise<unknown>;
}

/** Uniform randomness from the system's generator. */
export interface Random {
  /** A token of `bytes` random bytes in base64url. */
  token(bytes: number): string;
  bytes(count: number): Uint8Array;
  /** Decimal digits, each uniform; leading zeros are kept. */
  digits(count: number): string;
}
