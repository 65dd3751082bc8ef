import { afterSend, afterWithdrawal } from '../core/cool-down.ts';
import { emptyEnrollment } from '../core/enrollment.ts';
import { afterFailure, NO_FAILURES } from '../core/lockout.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Loaded, Store } from '../core/ports.ts';
import { coolDownOf, slotOf } from '../core/slot.ts';
import { equal } from '../crypto/equal.ts';
import { userTag } from '../crypto/user-tag.ts';
import { memoryPurse } from './memory-purse.ts';
import {
  canMove,
  drop,
  emptyShelf,
  fillUp,
  forget,
  isSame,
  makeRoom,
  recalled,
  recordAt,
  replace,
  thinOut,
  write,
} from './memory-shelf.ts';
import type { Shelf } from './memory-shelf.ts';

const NOTHING: Omit<Loaded, 'enrollment'> = { challenges: [], failures: {}, rests: {} };

/**
 * Keeps everything in this process: for development and tests, or for one process that may
 * forget all at a restart. Same verbs and contract as the others; no verb awaits, so each is atomic.
 */
export function memoryStore(): Store {
  const shelves = new Map<string, Shelf>();
  const of = (userId: string): Shelf => {
    const tag = userTag(userId);
    const shelf = shelves.get(tag) ?? emptyShelf();
    shelves.set(tag, shelf);
    return shelf;
  };
  const noteUse = (pointer: Pointer, seenAt: number): void => {
    const shelf = shelves.get(pointer.tag);
    const record = shelf && recordAt(shelf, pointer);
    if (record) shelf.records.set(record.id, { ...record, seenAt });
  };

  return {
    ...memoryPurse(),

    async enrollment(userId) {
      return of(userId).enrollment ?? emptyEnrollment(userId);
    },

    async save({ next, facts, session }) {
      const shelf = of(next.userId);
      if ((shelf.enrollment?.version ?? 0) !== next.version - 1) return 'stale';
      if (!canMove(shelf, session)) return 'ended';
      shelf.enrollment = next;
      write(shelf, { facts, ...(session ? { session } : {}) });
      return 'saved';
    },

    async begin(record, facts, { keepMs, limit }) {
      const now = record.createdAt;
      const shelf = of(record.userId);
      for (const other of shelves.values())
        if (other !== shelf && other.keepUntil <= now) forget(other);
      shelf.keepUntil = Math.max(shelf.keepUntil, now + keepMs);
      write(shelf, { facts });
      shelf.limit = limit;
      shelf.records.set(record.id, record);
      for (const [id, { createdAt }] of shelf.records)
        if (createdAt + keepMs <= now) drop(shelf, id);
      makeRoom(shelf, record);
    },

    async session(pointer) {
      const shelf = shelves.get(pointer.tag);
      const record = shelf && recordAt(shelf, pointer);
      return record ? { record, ...(shelf.facts ? { facts: shelf.facts } : {}) } : {};
    },

    async recall(pointer) {
      const shelf = shelves.get(pointer.tag);
      const record = shelf && recordAt(shelf, pointer);
      return record ? recalled(shelf, record) : NOTHING;
    },

    async load(pointer) {
      const shelf = shelves.get(pointer.tag);
      const record = shelf && recordAt(shelf, pointer);
      if (!record) return { ...NOTHING, enrollment: emptyEnrollment('') };
      const enrollment = shelf.enrollment ?? emptyEnrollment(record.userId);
      return { ...recalled(shelf, record), enrollment };
    },

    async open({ challenge, secret, sending, now }) {
      const shelf = of(challenge.userId);
      if (shelf.records.get(challenge.session)?.secret !== secret) return { status: 'ended' };
      const { until } = shelf.failures.get(challenge.counters[0]) ?? NO_FAILURES;
      const coolDown = sending && shelf.coolDowns.get(coolDownOf(challenge));
      const rest = coolDown?.until ?? 0;
      if (until > now) return { status: 'locked', until: Math.max(until, rest) };
      if (sending) {
        if (rest > now) return { status: 'cooling', until: rest };
        shelf.coolDowns.set(coolDownOf(challenge), afterSend(coolDown, sending.coolDownMs, now));
      }
      replace(shelf, challenge);
      if (sending) thinOut(shelf, challenge, sending.live, now);
      return { status: 'opened' };
    },

    async withdraw(challenge) {
      const shelf = of(challenge.userId);
      const slot = shelf.challenges.get(slotOf(challenge));
      if (slot?.challenge.id !== challenge.id || slot.taken) return;
      if (slot.before) shelf.challenges.set(slotOf(challenge), slot.before);
      else shelf.challenges.delete(slotOf(challenge));
      fillUp(shelf, challenge);
      const place = coolDownOf(challenge);
      const coolDown = shelf.coolDowns.get(place);
      if (coolDown) shelf.coolDowns.set(place, afterWithdrawal(coolDown, challenge.createdAt));
    },

    async settle({ challenge: asked, secret, ok, presents, change, locks, now }) {
      const shelf = of(asked.userId);
      const failures = shelf.failures.get(asked.counters[0]) ?? NO_FAILURES;
      if (failures.until > now) return { status: 'locked', until: failures.until };
      const slot = shelf.challenges.get(slotOf(asked));
      const isLive =
        shelf.records.get(asked.session)?.secret === secret &&
        slot !== undefined &&
        isSame(slot.challenge, asked) &&
        !slot.taken &&
        slot.challenge.expiresAt > now;
      if (!isLive || !canMove(shelf, change?.session)) return { status: 'expired' };
      if (change && (shelf.enrollment?.version ?? 0) !== change.next.version - 1)
        return { status: 'stale' };
      const { challenge } = slot;
      const { expects } = challenge;
      if (!ok || (expects !== undefined && !equal(presents ?? '', expects))) {
        const more = afterFailure(failures, locks, now);
        const [own, ...along] = challenge.counters;
        shelf.failures.set(own, more);
        for (const counter of along)
          shelf.failures.set(
            counter,
            afterFailure(shelf.failures.get(counter) ?? NO_FAILURES, [], now),
          );
        slot.wrong += 1;
        const triesLeft = challenge.tries - slot.wrong;
        if (triesLeft <= 0) shelf.challenges.delete(slotOf(asked));
        return { status: 'refused', failures: more, triesLeft };
      }
      if (!change) {
        slot.taken = true;
        return { status: 'accepted' };
      }
      shelf.challenges.delete(slotOf(asked));
      shelf.enrollment = change.next;
      const { facts, session } = change;
      write(shelf, { facts, succeeded: challenge, ...(session ? { session } : {}) });
      return { status: 'accepted' };
    },

    async restore(challenge) {
      const slot = of(challenge.userId).challenges.get(slotOf(challenge));
      if (slot?.challenge.id === challenge.id) slot.taken = false;
    },

    async outdate(userId, version, session) {
      const shelf = of(userId);
      if (!canMove(shelf, session)) return false;
      if (shelf.factsFrom < version) {
        shelf.factsFrom = version;
        delete shelf.facts;
      }
      return true;
    },

    async remember({ userId, facts, session, succeeded }) {
      const shelf = of(userId);
      const moves = canMove(shelf, session);
      const rest = { ...(session ? { session } : {}), ...(succeeded ? { succeeded } : {}) };
      write(shelf, { facts, ...(moves ? rest : {}) });
      const slot = moves && succeeded && shelf.challenges.get(slotOf(succeeded));
      if (slot && slot.challenge.id === succeeded.id) shelf.challenges.delete(slotOf(succeeded));
      return moves;
    },

    async touch(pointer, seenAt) {
      noteUse(pointer, seenAt);
    },

    async renew(pointer, { userId, version }, at) {
      const enrollment = of(userId).enrollment ?? emptyEnrollment(userId);
      if (enrollment.version !== version) return enrollment;
      noteUse(pointer, at);
      return undefined;
    },

    async sessions(userId) {
      return [...of(userId).records.values()];
    },

    async warnings() {
      return [];
    },

    async end(tag, ids) {
      const shelf = shelves.get(tag);
      if (!shelf) return [];
      const records = [...shelf.records.values()];
      const ended = records.filter(({ id }) => ids === 'all' || ids.includes(id));
      for (const { id } of ended) drop(shelf, id);
      return ended.map(({ id, userId }) => ({ id, userId }));
    },

    async forgive(tag) {
      const shelf = shelves.get(tag);
      shelf?.failures.clear();
      shelf?.coolDowns.clear();
    },

    async erase(tag) {
      shelves.delete(tag);
    },
  };
}
