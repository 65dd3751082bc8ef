import { isStrangers, standingOf } from './standing.ts';
import type { SessionRecord } from './vocabulary.ts';

/**
 * Which of a user's sessions give way to the newest. Strangers have `limit` places of their own:
 * whoever holds the password pushes out no session that has more to show (attack A44). The network
 * that has most of them gives way, so that it takes as many networks as there are places to push out
 * an owner on a new device. Among the others the least proved go first, then the oldest.
 */
export function crowdedOut(
  records: Iterable<SessionRecord>,
  newest: SessionRecord,
  limit: number,
): readonly string[] {
  const others = [...records].filter(({ id }) => id !== newest.id).toSorted(latestFirst);
  const taken = new Map<string | undefined, number>();
  const all = [newest, ...others].map((record): Seated => {
    if (!isStrangers(record)) return { record, nth: 0 };
    const nth = (taken.get(record.network) ?? 0) + 1;
    taken.set(record.network, nth);
    return { record, nth };
  });
  return [true, false].flatMap((strangers) => {
    const rivals = all.filter(({ record }) => isStrangers(record) === strangers);
    return rivals
      .filter(({ record }) => record !== newest)
      .toSorted(firstToGo)
      .slice(0, Math.max(0, rivals.length - limit))
      .map(({ record }) => record.id);
  });
}

/** Of the strangers' sessions of one network, the latest is the first. */
interface Seated {
  readonly record: SessionRecord;
  readonly nth: number;
}

function latestFirst(a: SessionRecord, b: SessionRecord): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
}

function firstToGo(a: Seated, b: Seated): number {
  return (
    standingOf(a.record) - standingOf(b.record) || b.nth - a.nth || latestFirst(b.record, a.record)
  );
}
