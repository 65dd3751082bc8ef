import type { Caller, Engine } from '../engine.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { parsePointer } from '../pointer.ts';
import { wasEnded } from '../policy.ts';
import { enter } from '../presence.ts';
import { report } from '../report.ts';
import type { Facts, SessionRecord } from '../vocabulary.ts';

/** The sessions of one user, and which of them asks. */
export interface Sessions {
  readonly records: readonly SessionRecord[];
  readonly current: string;
  readonly facts: Facts;
}

/** The live sessions of the user, the latest first. */
export async function listSessions(engine: Engine, caller: Caller): Promise<Outcome<Sessions>> {
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  const { user, record, facts } = presence;
  const { overallMs, idleMs } = engine.settings.lifetimes;
  const now = engine.now();
  const alive = (r: SessionRecord): boolean =>
    !wasEnded(r, facts) && r.createdAt + overallMs > now && r.seenAt + idleMs > now;
  const records = (await engine.store.sessions(user.id))
    .filter(alive)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return done({ records, current: record.id, facts });
}

/** One session of the user, by id or `current`. */
export async function findSession(
  engine: Engine,
  caller: Caller,
  id: string,
): Promise<Outcome<{ record: SessionRecord } & Omit<Sessions, 'records'>>> {
  const listed = await listSessions(engine, caller);
  if (listed.status === 'refused') return listed;
  const { records, current, facts } = listed.value;
  const record = records.find((r) => r.id === (id === 'current' ? current : id));
  return record ? done({ record, current, facts }) : refused('no-session');
}

/**
 * Ends one session of the user, or all. A session that still lacks a factor may end itself and no
 * other: a password alone throws nobody out. The value says whether the caller's own ended.
 */
export async function endSession(
  engine: Engine,
  caller: Caller,
  id: string,
): Promise<Outcome<{ readonly own: boolean }>> {
  const presence = await enter(engine, caller, 'pending');
  if (presence.status === 'refused') return presence;
  const { record, user } = presence;
  const own = id === 'current' || id === record.id;
  if (!own) {
    const complete =
      id === 'all'
        ? await enter(engine, caller, 'complete')
        : await findSession(engine, caller, id);
    if (complete.status === 'refused') return complete;
  }
  await engine.store.end(user.id, id === 'all' ? 'all' : [own ? record.id : id]);
  const type = own ? 'signed_out' : 'sessions_ended';
  report(engine, caller, type, { userId: user.id, session: record.id });
  return done({ own: own || id === 'all' });
}

/** Ends the session that a pointer points at, whatever state it is in; a pointer at nothing is fine. */
export async function signOut(engine: Engine, caller: Caller): Promise<void> {
  const pointer = parsePointer(caller.pointer);
  const record = pointer && (await engine.store.session(pointer)).record;
  if (!record) return;
  await engine.store.end(record.userId, [record.id]);
  report(engine, caller, 'signed_out', {
    userId: record.userId,
    session: record.id,
  });
}
