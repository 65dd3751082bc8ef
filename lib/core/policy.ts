import type { Completed, Enrollment, Facts, SessionRecord } from './vocabulary.ts';

/** How long what was proved holds. */
export interface Lifetimes {
  /** Without a request that a guard lets through for this long a session is over (NIST SP 800-63B-4 section 2.2.3). */
  readonly idleMs: number;
  /** A session is over this long after its sign-in, whatever happens. */
  readonly overallMs: number;
  /** A session that lacks a factor has this long, from its beginning, to bring it. */
  readonly pendingMs: number;
  /** A proof is fresh for this long. */
  readonly freshMs: number;
}

/** What a route asks for, beyond all the factors that the user's enrollment asks for. */
export interface Requirement {
  /** A second factor must have been proved within this time. */
  readonly maxAgeMs?: number | undefined;
  /** Users without a second factor are refused, too. */
  readonly enrolled?: boolean | undefined;
  /**
   * The assurance level, as `req.mfa.aal` tells it: 2 takes a password and an app or a number, and
   * no mail (NIST SP 800-63B-4 sections 2.2.1, 3.1.3.1). With `maxAgeMs`, one of these must be fresh.
   */
  readonly aal?: 2 | undefined;
}

/** What is missing: the order is the order in which a client has to bring it. */
export type Need = 'first-factor' | 'more-factors' | 'enrollment' | 'challenge';
export type Decision =
  { readonly status: 'allow' } | { readonly status: 'refuse'; readonly need: Need };

/** What a user may want to change about the own enrollment. */
export type Action = 'add' | 'change' | 'read';

const ALLOW: Decision = { status: 'allow' };
const refuse = (need: Need): Decision => ({ status: 'refuse', need });

/** Whether a session gets through. Pure: record and facts in, decision out; no record is no session. */
export function decide(
  record: SessionRecord | undefined,
  facts: Facts,
  requirement: Requirement,
  lifetimes: Lifetimes,
  now: number,
): Decision {
  if (!record || isOver(record, facts, lifetimes, now)) return refuse('first-factor');
  const second = secondFactors(record, facts);
  if (isArmed(facts) && second.length === 0) {
    // From its beginning, not its first factor: the login that `identify` tells of may be older.
    const waits = record.createdAt + lifetimes.pendingMs > now && firstFactors(record).length > 0;
    return refuse(waits ? 'more-factors' : 'first-factor');
  }
  if (requirement.enrolled && !isArmed(facts)) return refuse('enrollment');
  if (requirement.maxAgeMs !== undefined && !provedSince(second, now - requirement.maxAgeMs)) {
    return refuse(facts.held.length > 0 ? 'challenge' : 'enrollment');
  }
  return ALLOW;
}

/**
 * Whether a session that got through may also change what the user has bound. Once something is
 * bound, the password alone changes nothing: `add` needs a fresh second factor, `change` (remove,
 * replace, switch off) a fresh challenge. While nothing is bound, a fresh first factor does, and so does
 * a proof of what the host vouches for, or of a recovery code.
 * Recovery codes are no factor: they may be made first, and then bind nothing but themselves. Nor
 * does what opened the session bind it: a mailbox that signs in can never be its own second step.
 */
export function mayAct(
  action: Action,
  record: SessionRecord,
  enrollment: Enrollment,
  facts: Facts,
  lifetimes: Lifetimes,
  now: number,
): Decision {
  if (action === 'read') return ALLOW;
  const since = now - lifetimes.freshMs;
  const recovers = (id: string): boolean =>
    facts.held.some((held) => held.id === id && !held.counts);
  const first = firstFactors(record);
  const bound =
    isArmed(facts) ||
    enrollment.authenticators.some(
      ({ id, type, origin }) =>
        origin === 'enrolled' && !first.includes(type) && !(action === 'add' && recovers(id)),
    );
  const isFresh = (c: Completed): boolean => isProof(c) && c.at > since;
  if (!bound) {
    const again = firstFactorAt(record) > since || secondFactors(record, facts).some(isFresh);
    return again ? ALLOW : refuse('challenge');
  }
  const fresh =
    action === 'add'
      ? counted(record, facts).some(isFresh)
      : provedSince(secondFactors(record, facts), since);
  return fresh ? ALLOW : refuse('challenge');
}

/** What still counts of what a session completed: a factor whose authenticator is gone does not. */
export function counted(record: SessionRecord, facts: Facts): readonly Completed[] {
  return record.completed.filter(
    (c) => c.authenticator === undefined || facts.held.some((held) => held.id === c.authenticator),
  );
}

/** What counts beyond the first factor: of another kind, for a mailbox that signed in cannot also confirm. */
export function secondFactors(record: SessionRecord, facts: Facts): readonly Completed[] {
  const first = firstFactors(record);
  return counted(record, facts).filter((c) => !first.includes(c.factor));
}

/** MFA asks for something: it is on, and the user holds a factor. */
export function isArmed(facts: Facts): boolean {
  return facts.mfa && facts.held.some((held) => held.counts);
}

/** What opened a session must not be the first that MFA asks for: it could not be its second step. */
export function wouldAskForOpener(facts: Facts, opened: readonly string[], type: string): boolean {
  return facts.mfa && opened.includes(type) && !isArmed(facts);
}

/** When a second factor was last proved by a challenge; 0 for never. */
export function challengedAt(record: SessionRecord): number {
  return Math.max(0, ...record.completed.filter((c) => c.by === 'challenge').map((c) => c.at));
}

/** The types of the factors that opened this session. */
export function firstFactors(record: SessionRecord): readonly string[] {
  return record.completed.filter((c) => c.by === 'first-factor').map((c) => c.factor);
}

/** Whether a session was ended or has outlived its time; it has as well by a clock that says no time (NaN). */
export function isOver(
  record: SessionRecord,
  facts: Facts,
  lifetimes: Lifetimes,
  now: number,
): boolean {
  const lives =
    record.createdAt + lifetimes.overallMs > now && record.seenAt + lifetimes.idleMs > now;
  return wasEnded(record, facts) || !lives;
}

/** Whether it was ended with all the sessions begun before a moment. */
export function wasEnded(record: SessionRecord, facts: Pick<Facts, 'endedBefore'>): boolean {
  return (record.renewedAt ?? record.createdAt) < facts.endedBefore;
}

function isProof(completed: Completed): boolean {
  return completed.by === 'challenge' || completed.by === 'enrollment';
}

function provedSince(second: readonly Completed[], since: number): boolean {
  return second.some((c) => c.by === 'challenge' && c.at > since);
}

function firstFactorAt(record: SessionRecord): number {
  return Math.max(0, ...record.completed.filter((c) => c.by === 'first-factor').map((c) => c.at));
}
