import type { Caller, Engine } from '../engine.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { parsePointer } from '../pointer.ts';
import { isOver } from '../policy.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
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
  const { record, facts } = presence;
  return done({ records: await liveSessions(engine, presence), current: record.id, facts });
}

/** The same of somebody who has entered already. */
export async function liveSessions(
  engine: Engine,
  { user, facts }: Presence,
): Promise<readonly SessionRecord[]> {
  const { lifetimes } = engine.settings;
  const now = engine.now();
  return (await engine.store.sessions(user.id))
    .filter((one) => !isOver(one, facts, lifetimes, now))
    .toSorted((a, b) => b.createdAt - a.createdAt);
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
 * Ends one session of the user, all, or all `others`. A session ends itself whatever it lacks, and
 * no other while it lacks a factor: a password alone throws nobody out. The value says whether the
 * caller's own ended.
 */
export async function endSession(
  engine: Engine,
  caller: Caller,
  id: string,
): Promise<Outcome<{ readonly own: boolean }>> {
  if (id === 'current' || id === parsePointer(caller.pointer)?.id) {
    return (await signOut(engine, caller)) ? done({ own: true }) : refused('first-factor');
  }
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  const { record, user } = presence;
  const isMeant = (one: string): boolean => one !== record.id && (id === 'others' || one === id);
  const ids =
    id === 'all' ? id : (await liveSessions(engine, presence)).map((one) => one.id).filter(isMeant);
  if (ids.length === 0 && id !== 'others') return refused('no-session');
  await engine.store.end(engine.tag(user.id), ids);
  report(engine, caller, 'sessions_ended', { userId: user.id, session: record.id });
  return done({ own: id === 'all' });
}

/**
 * Ends the session that a pointer points at, whatever state it is in, or pointed at before the
 * session moved on: a logout that meets an elevation is the last word, in whichever order the two
 * arrive (attack A26). So an old pointer can still end its own session; it can do nothing else.
 * Answers whether there was one; a pointer at nothing is fine.
 */
export async function signOut(engine: Engine, caller: Caller): Promise<boolean> {
  const pointer = parsePointer(caller.pointer);
  const ended = pointer ? await engine.store.end(pointer.tag, [pointer.id]) : [];
  for (const { userId, id: session } of ended)
    report(engine, caller, 'signed_out', { userId, session });
  return ended.length > 0;
}
