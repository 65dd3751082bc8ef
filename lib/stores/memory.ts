import { afterSend, afterWithdrawal } from '../core/cool-down.ts';
import type { CoolDown } from '../core/cool-down.ts';
import { emptyEnrollment } from '../core/enrollment.ts';
import { afterFailure, NO_FAILURES } from '../core/lockout.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Failures, Move, Remembering, Store } from '../core/ports.ts';
import { coolDownOf, slotOf } from '../core/slot.ts';
import type { Challenge, Enrollment, Facts, SessionRecord } from '../core/vocabulary.ts';
import { equal } from '../crypto/equal.ts';
import { userTag } from '../crypto/user-tag.ts';

interface Shelf {
  enrollment?: Enrollment;
  facts?: Facts;
  keepUntil: number;
  readonly records: Map<string, SessionRecord>;
  readonly challenges: Map<string, { readonly challenge: Challenge; wrong: number }>;
  readonly failures: Map<string, Failures>;
  readonly coolDowns: Map<string, CoolDown>;
}

/**
 * Keeps everything in this process: for development and tests, or for one process that may
 * forget all at a restart. Same verbs and contract as the others; no verb awaits, so each is atomic.
 */
export function memoryStore(): Store {
  const shelves = new Map<string, Shelf>();
  const at = (tag: string): Shelf => {
    const found = shelves.get(tag);
    if (found) return found;
    const made: Shelf = {
      keepUntil: 0,
      records: new Map(),
      challenges: new Map(),
      failures: new Map(),
      coolDowns: new Map(),
    };
    shelves.set(tag, made);
    return made;
  };
  const of = (userId: string): Shelf => at(userTag(userId));
  const find = ({ tag, id, secret }: Pointer) => {
    const shelf = at(tag);
    const record = shelf.records.get(id);
    return { shelf, record: record && equal(record.secret, secret) ? record : undefined };
  };

  return {
    async enrollment(userId) {
      return of(userId).enrollment ?? emptyEnrollment(userId);
    },

    async save({ next, facts, session }) {
      const shelf = of(next.userId);
      if ((shelf.enrollment?.version ?? 0) !== next.version - 1) return 'stale';
      if (!canMove(shelf, session)) return 'ended';
      shelf.enrollment = next;
      write(shelf, { userId: next.userId, facts, ...(session ? { session } : {}) });
      return 'saved';
    },

    async begin(record, facts, { keepMs, limit }) {
      for (const shelf of shelves.values()) if (shelf.keepUntil <= record.createdAt) forget(shelf);
      const shelf = of(record.userId);
      shelf.keepUntil = record.createdAt + keepMs;
      write(shelf, { userId: record.userId, facts });
      shelf.records.set(record.id, record);
      for (const [id, { createdAt }] of shelf.records)
        if (createdAt + keepMs <= record.createdAt) shelf.records.delete(id);
      const others = [...shelf.records.values()].filter(({ id }) => id !== record.id);
      const worth = (r: SessionRecord): number => Math.min(r.completed.length, 2);
      const leastFirst = others.toSorted(
        (a, b) => worth(a) - worth(b) || a.createdAt - b.createdAt,
      );
      for (const { id } of leastFirst.slice(0, Math.max(0, others.length + 1 - limit)))
        drop(shelf, id);
    },

    async session(pointer) {
      const { shelf, record } = find(pointer);
      return { ...(record ? { record } : {}), ...(shelf.facts ? { facts: shelf.facts } : {}) };
    },

    async recall(pointer) {
      return recall(find(pointer));
    },

    async load(pointer) {
      const found = find(pointer);
      const userId = found.record?.userId ?? '';
      return { ...recall(found), enrollment: found.shelf.enrollment ?? emptyEnrollment(userId) };
    },

    async open({ challenge, secret, coolDownMs, now }) {
      const shelf = of(challenge.userId);
      if (shelf.records.get(challenge.session)?.secret !== secret) return { status: 'ended' };
      const { until } = shelf.failures.get(challenge.factor) ?? NO_FAILURES;
      if (until > now) return { status: 'locked', until };
      if (coolDownMs) {
        const coolDown = shelf.coolDowns.get(coolDownOf(challenge));
        if (coolDown && coolDown.until > now) return { status: 'cooling', until: coolDown.until };
        shelf.coolDowns.set(coolDownOf(challenge), afterSend(coolDown, coolDownMs, now));
      }
      shelf.challenges.set(slotOf(challenge), { challenge, wrong: 0 });
      return { status: 'opened' };
    },

    async withdraw(challenge) {
      const shelf = of(challenge.userId);
      if (shelf.challenges.get(slotOf(challenge))?.challenge.id !== challenge.id) return;
      shelf.challenges.delete(slotOf(challenge));
      const coolDown = shelf.coolDowns.get(coolDownOf(challenge));
      if (coolDown) shelf.coolDowns.set(coolDownOf(challenge), afterWithdrawal(coolDown));
    },

    async settle({
      challenge: { id, userId, session, factor, ...rest },
      secret,
      ok,
      presents,
      change,
      locks,
      now,
    }) {
      const shelf = of(userId);
      const slot = slotOf({ session, factor, ...rest });
      const failures = shelf.failures.get(factor) ?? NO_FAILURES;
      if (failures.until > now) return { status: 'locked', until: failures.until };
      const live = shelf.challenges.get(slot);
      if (
        shelf.records.get(session)?.secret !== secret ||
        live?.challenge.id !== id ||
        live.challenge.expiresAt <= now
      ) {
        return { status: 'expired' };
      }
      const { expects } = live.challenge;
      if (!ok || (expects !== undefined && !equal(presents ?? '', expects))) {
        const more = afterFailure(failures, locks, now);
        shelf.failures.set(factor, more);
        live.wrong += 1;
        const triesLeft = live.challenge.tries - live.wrong;
        if (triesLeft <= 0) shelf.challenges.delete(slot);
        return { status: 'refused', failures: more, triesLeft };
      }
      if (change && (shelf.enrollment?.version ?? 0) !== change.next.version - 1)
        return { status: 'stale' };
      shelf.challenges.delete(slot);
      if (change) {
        shelf.enrollment = change.next;
        const { facts } = change;
        write(shelf, {
          userId,
          facts,
          succeeded: live.challenge,
          ...(change.session ? { session: change.session } : {}),
        });
      }
      return { status: 'accepted' };
    },

    async remember(remembering) {
      const shelf = of(remembering.userId);
      const moves = canMove(shelf, remembering.session);
      const { session, ...rest } = remembering;
      write(shelf, moves && session ? { ...rest, session } : rest);
      return moves;
    },

    async touch(pointer, seenAt) {
      const { shelf, record } = find(pointer);
      if (record) shelf.records.set(record.id, { ...record, seenAt });
    },

    async sessions(userId) {
      return [...of(userId).records.values()];
    },

    async end(userId, ids) {
      const shelf = of(userId);
      for (const id of ids === 'all' ? [...shelf.records.keys()] : ids) drop(shelf, id);
    },
  };
}

function recall({
  shelf,
  record,
}: {
  readonly shelf: Shelf;
  readonly record: SessionRecord | undefined;
}) {
  const challenges = [...shelf.challenges.values()].map(({ challenge }) => challenge);
  return {
    ...(record ? { record } : {}),
    challenges: challenges.filter(({ session }) => session === record?.id),
    failures: Object.fromEntries(shelf.failures),
  };
}

function canMove(shelf: Shelf, session: Move | undefined): boolean {
  return session === undefined || shelf.records.get(session.record.id)?.secret === session.secret;
}

function write(shelf: Shelf, { facts, session, succeeded }: Remembering): void {
  if (!shelf.facts || shelf.facts.version <= facts.version) shelf.facts = facts;
  if (session) shelf.records.set(session.record.id, session.record);
  if (succeeded) {
    shelf.failures.delete(succeeded.factor);
    shelf.coolDowns.delete(coolDownOf(succeeded));
  }
}

/** A session that is over takes its challenges along. */
function drop(shelf: Shelf, id: string): void {
  shelf.records.delete(id);
  for (const [slot, { challenge }] of shelf.challenges)
    if (challenge.session === id) shelf.challenges.delete(slot);
}

/** What lived as long as a login is gone; enrollment and failures stay. */
function forget(shelf: Shelf): void {
  shelf.records.clear();
  shelf.challenges.clear();
  delete shelf.facts;
}
