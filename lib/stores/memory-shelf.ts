import type { CoolDown } from '../core/cool-down.ts';
import { crowdedOut } from '../core/crowded-out.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Failures, Loaded, Move, Remembering } from '../core/ports.ts';
import { coolDownOf, slotOf } from '../core/slot.ts';
import { isStrangers } from '../core/standing.ts';
import type { Challenge, Enrollment, Facts, SessionRecord } from '../core/vocabulary.ts';
import { equal } from '../crypto/equal.ts';

/** All that is kept of one user. */
export interface Shelf {
  enrollment?: Enrollment;
  facts?: Facts;
  /** Facts older than this are outdated. */
  factsFrom: number;
  keepUntil: number;
  /** How many sessions there may be. */
  limit: number;
  readonly records: Map<string, SessionRecord>;
  readonly challenges: Map<string, Slot>;
  /** What made room for a newer challenge, by its slot, in case that one is withdrawn. */
  readonly out: Map<string, { readonly slot: Slot; readonly roomFor: string }>;
  readonly failures: Map<string, Failures>;
  readonly coolDowns: Map<string, CoolDown>;
}

/** What is in the slot of a challenge. `taken`: consumed, and not yet known to what end. */
interface Slot {
  readonly challenge: Challenge;
  /** What it replaced, in case it is withdrawn. */
  readonly before?: Slot;
  wrong: number;
  taken: boolean;
}

export function emptyShelf(): Shelf {
  return {
    factsFrom: 0,
    keepUntil: 0,
    limit: 0,
    records: new Map(),
    challenges: new Map(),
    out: new Map(),
    failures: new Map(),
    coolDowns: new Map(),
  };
}

/** The record that a pointer points at. */
export function recordAt(shelf: Shelf, { id, secret }: Pointer): SessionRecord | undefined {
  const record = shelf.records.get(id);
  return record && equal(record.secret, secret) ? record : undefined;
}

export function recalled(shelf: Shelf, record: SessionRecord): Omit<Loaded, 'enrollment'> {
  const own = [...shelf.challenges.values()].filter(
    ({ challenge, taken }) => challenge.session === record.id && !taken,
  );
  return {
    record,
    challenges: own.map(({ challenge }) => challenge),
    failures: Object.fromEntries(shelf.failures),
    rests: Object.fromEntries([...shelf.coolDowns].map(([place, { until }]) => [place, until])),
  };
}

/** Whether the session is still where the move starts. */
export function canMove(shelf: Shelf, session: Move | undefined): boolean {
  return session === undefined || shelf.records.get(session.record.id)?.secret === session.secret;
}

/** Whether an attempt answers a challenge as it is kept: what it is decided by is the same. */
export function isSame(kept: Challenge, asked: Challenge): boolean {
  return (['id', 'factor', 'expiresAt', 'tries', 'expects'] as const).every(
    (name) => kept[name] === asked[name],
  );
}

export function write(
  shelf: Shelf,
  { facts, session, succeeded }: Omit<Remembering, 'userId'>,
): void {
  if (shelf.factsFrom <= facts.version) {
    shelf.facts = facts;
    shelf.factsFrom = facts.version;
  }
  if (session) {
    shelf.records.set(session.record.id, session.record);
    makeRoom(shelf, session.record);
  }
  if (succeeded) {
    for (const counter of succeeded.counters) shelf.failures.delete(counter);
    shelf.coolDowns.delete(coolDownOf(succeeded));
  }
}

/** What has to give way is over: to a session that begins, or is no stranger's any more. */
export function makeRoom(shelf: Shelf, newest: SessionRecord): void {
  for (const id of crowdedOut(shelf.records.values(), newest, shelf.limit)) drop(shelf, id);
}

/** Puts a challenge in its slot. What it replaces is kept beside it, in case it is withdrawn. */
export function replace(shelf: Shelf, challenge: Challenge): void {
  const { before: _, ...old } = shelf.challenges.get(slotOf(challenge)) ?? { taken: true };
  const isLive = 'challenge' in old && !old.taken;
  const slot = { challenge, wrong: 0, taken: false, ...(isLive ? { before: old } : {}) };
  shelf.challenges.set(slotOf(challenge), slot);
  shelf.out.delete(slotOf(challenge));
}

/**
 * Of the challenges that were sent, those that end first make room for `newest` when more than
 * `limit` are live. Those of strangers' sessions make room for no other's, nor the other way round.
 */
export function thinOut(shelf: Shelf, newest: Challenge, limit: number, now: number): void {
  const strangers = new Set([...shelf.records.values()].filter(isStrangers).map(({ id }) => id));
  const isStrangersCode = ({ session }: Challenge): boolean => strangers.has(session);
  const others = [...shelf.challenges]
    .filter(([, { challenge, taken }]) => challenge.expects !== undefined && !taken)
    .filter(([, { challenge }]) => challenge.expiresAt > now && challenge.id !== newest.id)
    .filter(([, { challenge }]) => isStrangersCode(challenge) === isStrangersCode(newest))
    .toSorted(([, { challenge: a }], [, { challenge: b }]) => firstToEnd(a, b));
  for (const [place, slot] of others.slice(0, Math.max(0, others.length + 1 - limit))) {
    shelf.challenges.delete(place);
    shelf.out.set(place, { slot, roomFor: newest.id });
  }
}

/** A challenge that is withdrawn needs no room: what made it is back. */
export function fillUp(shelf: Shelf, { id }: Challenge): void {
  for (const [place, { slot, roomFor }] of shelf.out) {
    if (roomFor !== id) continue;
    shelf.challenges.set(place, slot);
    shelf.out.delete(place);
  }
}

function firstToEnd(a: Challenge, b: Challenge): number {
  return a.expiresAt - b.expiresAt || (a.id < b.id ? -1 : 1);
}

/** A session that is over takes its challenges along. */
export function drop(shelf: Shelf, id: string): void {
  shelf.records.delete(id);
  for (const [slot, { challenge }] of shelf.challenges)
    if (challenge.session === id) shelf.challenges.delete(slot);
  for (const [place, { slot }] of shelf.out)
    if (slot.challenge.session === id) shelf.out.delete(place);
}

/** What lived as long as a login is gone; enrollment and failures stay. */
export function forget(shelf: Shelf): void {
  shelf.records.clear();
  shelf.challenges.clear();
  shelf.out.clear();
  delete shelf.facts;
}
