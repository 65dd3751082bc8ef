import { emptyEnrollment } from '../core/enrollment.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Keyring } from '../core/keyring.ts';
import type { Change, Loaded, Move, Store } from '../core/ports.ts';
import type { Facts, SessionRecord } from '../core/vocabulary.ts';
import { signature } from './signature.ts';
import type { Kept, Kind } from './signature.ts';

/** What did not verify, of which session. The user is left out while that is in doubt, too. */
export interface Unverified {
  readonly reason: Kind;
  readonly session: string;
  readonly userId?: string;
}

/**
 * A store whose session records, facts and challenges are signed: whoever can write to it elevates
 * no session, disarms no guard and puts no challenge to another use (attack A56). What does not
 * verify counts as absent, and is told.
 *
 * What a store counts is not signed (wrong answers, waits, budgets, the last use of a session), nor
 * can a MAC tell that something was deleted. What was genuine and is put back lives no longer than
 * it would have. Enrollments are not signed: having nothing bound looks the same as a deletion.
 */
export function signedStore(
  store: Store,
  keyring: Pick<Keyring, 'digest'>,
  tell: (unverified: Unverified) => void,
): Store {
  const { sign, verifies, bare } = signature(keyring);

  /** A record says since which version it knows the facts: older ones of its user are outdated. */
  const signRecord = (record: SessionRecord, { version }: Facts): SessionRecord =>
    sign('record', record.userId, { ...record, factsFrom: version });
  const signMove = ({ secret, record }: Move, facts: Facts): Move => ({
    secret,
    record: signRecord(record, facts),
  });
  const signAll = <T extends Omit<Change, 'next'>>(userId: string, change: T): T => ({
    ...change,
    facts: sign('facts', userId, change.facts),
    ...(change.session ? { session: signMove(change.session, change.facts) } : {}),
  });

  const recordOf = (id: string, record: Kept<SessionRecord> | undefined) => {
    if (!record || (record.id === id && verifies('record', record.userId, record))) return record;
    tell({ reason: 'record', session: id });
    return undefined;
  };
  const isSound = (
    { id: session, userId, factsFrom = 0 }: Kept<SessionRecord>,
    facts: Facts,
  ): boolean => {
    const sound = facts.version >= factsFrom && verifies('facts', userId, facts);
    if (!sound) tell({ reason: 'facts', session, userId });
    return sound;
  };
  const believed = (pointer: Pointer, found: Omit<Loaded, 'enrollment'>) => {
    const record = recordOf(pointer.id, found.record);
    if (!record) return { challenges: [], failures: {}, rests: {} };
    const { id: session, userId } = record;
    const challenges = found.challenges.filter((challenge) => {
      const sound = challenge.session === session && verifies('challenge', userId, challenge);
      if (!sound) tell({ reason: 'challenge', session, userId });
      return sound;
    });
    return { ...found, record: bare(record), challenges: challenges.map(bare) };
  };

  return {
    requestMs: store.requestMs,

    async session(pointer) {
      const { record: kept, facts } = await store.session(pointer);
      const record = recordOf(pointer.id, kept);
      if (!record) return {};
      return {
        record: bare(record),
        ...(facts && isSound(record, facts) ? { facts: bare(facts) } : {}),
      };
    },

    async recall(pointer) {
      return believed(pointer, await store.recall(pointer));
    },

    async load(pointer) {
      const { enrollment, ...found } = await store.load(pointer);
      const sound = believed(pointer, found);
      return { ...sound, enrollment: 'record' in sound ? enrollment : emptyEnrollment('') };
    },

    async sessions(userId) {
      const records = await store.sessions(userId);
      return records.flatMap((record) => (recordOf(record.id, record) ? [bare(record)] : []));
    },

    begin: (record, facts, lifetime) =>
      store.begin(signRecord(record, facts), sign('facts', record.userId, facts), lifetime),
    open: ({ challenge, ...rest }) =>
      store.open({ challenge: sign('challenge', challenge.userId, challenge), ...rest }),
    settle: ({ change, ...rest }) =>
      store.settle({ ...rest, ...(change ? { change: signAll(change.next.userId, change) } : {}) }),
    save: (change) => store.save(signAll(change.next.userId, change)),
    remember: (remembering) => store.remember(signAll(remembering.userId, remembering)),

    enrollment: (userId) => store.enrollment(userId),
    withdraw: (challenge) => store.withdraw(challenge),
    restore: (challenge) => store.restore(challenge),
    // Moves nothing: it only asks whether the session could move.
    outdate: (userId, version, session) => store.outdate(userId, version, session),
    touch: (pointer, at) => store.touch(pointer, at),
    renew: (pointer, known, at) => store.renew(pointer, known, at),
    spend: (budget, id, now) => store.spend(budget, id, now),
    refund: (budget, id) => store.refund(budget, id),
    tally: (budget, since) => store.tally(budget, since),
    warnings: (now) => store.warnings(now),
    end: (tag, ids) => store.end(tag, ids),
    forgive: (tag) => store.forgive(tag),
    erase: (tag) => store.erase(tag),
  };
}
