import type { Account } from './commands/account.ts';
import { factsOf } from './enrollment.ts';
import type { Caller, Engine } from './engine.ts';
import { deviceToken, knownSince } from './known-device.ts';
import { done, refused } from './outcome.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { formatPointer } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Action } from './policy.ts';
import type { Change, Move } from './ports.ts';
import { contended, enter, ROUNDS } from './presence.ts';
import type { Presence } from './presence.ts';
import type { Authenticator, Completed, Enrollment, SessionRecord } from './vocabulary.ts';

/** A change that came true, and whether the session that made it was still there to move. */
export interface Made {
  readonly change: Change & { readonly session: Move };
  readonly moved: boolean;
}

/** What a command wants to be true of the enrollment, and what the session thereby completed. */
export interface Wish<T> {
  readonly enrollment: Pick<Enrollment, 'mfa' | 'authenticators'> &
    Partial<Pick<Enrollment, 'endedBefore' | 'knownSince'>>;
  readonly completed?: readonly Completed[];
  /** Once it is true: reports it, tells its owner, and answers what the caller gets of it. */
  readonly value: (next: Enrollment, record: SessionRecord) => T;
}

/**
 * Changes an enrollment by compare-and-set: decides, saves, and when someone else was faster
 * decides again on what is there then, the caller's right to act included. The session moves to
 * a new pointer in the same step (ASVS 7.2.4).
 */
export async function changeEnrollment<T>(
  engine: Engine,
  caller: Caller,
  action: Action,
  decideOn: (presence: Presence) => Promise<Wish<T> | Refusal> | Wish<T> | Refusal,
): Promise<Outcome<T>> {
  for (let round = 0; round < ROUNDS; round++) {
    const presence = await enter(engine, caller, 'complete', action);
    if (presence.status === 'refused') return presence;
    const wish = await decideOn(presence);
    if ('status' in wish) return wish;
    const change = changeOf(engine, presence, wish);
    const saved = await engine.store.save(change);
    if (saved === 'ended') return refused('first-factor');
    if (saved === 'stale') continue;
    // What came true is reported and told to its owner, whoever ended the session meanwhile (ENR-6).
    const value = wish.value(change.next, change.session.record);
    if (saved === 'unmoved') return refused('first-factor');
    return done(value, formatPointer(movedPointer(presence.pointer, change.session)));
  }
  throw contended();
}

/** The change that makes a wish true: the next version, its facts, and the session under a new secret. */
export function changeOf(
  engine: Engine,
  presence: Presence,
  wish: Omit<Wish<unknown>, 'value'>,
): Change & { readonly session: Move } {
  const { enrollment, record } = presence;
  const completed = [...record.completed, ...(wish.completed ?? [])];
  // Whoever ends the sessions of a user goes on, and the others' browsers are known no more (REC-9).
  const { endedBefore: renewedAt } = wish.enrollment;
  const next = {
    ...enrollment,
    ...wish.enrollment,
    version: enrollment.version + 1,
    ...(renewedAt === undefined ? {} : { knownSince: renewedAt }),
  };
  return {
    next,
    facts: factsOf(next, engine.factors),
    session: {
      secret: record.secret,
      record: {
        ...record,
        secret: engine.random.token(32),
        seenAt: engine.now(),
        completed: latest(completed),
        ...(renewedAt === undefined ? {} : { renewedAt }),
      },
    },
  };
}

/** Where the session is found from now on. */
export function movedPointer(pointer: Pointer, move: Move): Pointer {
  return { ...pointer, secret: move.record.secret };
}

/** A list of authenticators with one replaced. */
export function replaced(
  authenticators: readonly Authenticator[],
  next: Authenticator,
): readonly Authenticator[] {
  return authenticators.map((authenticator) =>
    authenticator.id === next.id ? next : authenticator,
  );
}

/** One entry per authenticator and way of proof, the latest: a record does not grow with use. */
function latest(completed: readonly Completed[]): readonly Completed[] {
  const key = (c: Completed): string => `${c.factor}/${c.authenticator ?? ''}/${c.by}`;
  return [...new Map(completed.map((c) => [key(c), c])).values()];
}

/**
 * The account after an answer came true, the pointer under which its session is found now, and what
 * the browser keeps of a sign-in that is complete. A session that ended meanwhile gets none of it.
 */
export function changed(
  engine: Engine,
  presence: Presence,
  { change, moved }: Made,
): Outcome<Account> {
  if (!moved) return refused('first-factor');
  const { next: enrollment, facts, session } = change;
  const account = { user: presence.user, enrollment, facts, record: session.record };
  const { pointer } = presence;
  return {
    ...done(account, formatPointer(movedPointer(pointer, session))),
    device: deviceToken(engine, pointer.tag, knownSince(enrollment), presence.kept),
  };
}
