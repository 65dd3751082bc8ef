import { emptyEnrollment } from '../core/enrollment.ts';
import type { EnrollmentStore, Store, VolatileStore } from '../core/ports.ts';
import { MfaError } from '../errors.ts';
import { hostEnrollments } from './host-enrollments.ts';

/**
 * Joins the host's own database, which keeps the enrollments, with a store for all that lives as
 * long as a login. One step becomes several, in the order that fails closed: whatever breaks
 * between two of them, nothing was granted, no code can be used again, and no guard goes by
 * outdated facts.
 *
 * @throws MfaError `options_invalid`; its verbs `host_callback_failed`, `host_callback_timeout` too.
 */
export function splitStore(enrollments: EnrollmentStore, volatile: VolatileStore): Store {
  if (typeof enrollments?.load !== 'function' || typeof enrollments.save !== 'function') {
    throw new MfaError('options_invalid', 'splitStore: `enrollments` must have load and save.');
  }
  if (typeof volatile?.settle !== 'function' || typeof volatile.outdate !== 'function') {
    throw new MfaError(
      'options_invalid',
      'splitStore: `volatile` must be a store such as redisStore.',
    );
  }
  const host = hostEnrollments(enrollments);

  return {
    requestMs: volatile.requestMs,
    enrollment: (userId) => host.load(userId),

    async load(pointer) {
      const recalled = await volatile.recall(pointer);
      const userId = recalled.record?.userId;
      return {
        ...recalled,
        enrollment: userId === undefined ? emptyEnrollment('') : await host.load(userId),
      };
    },

    async save({ next, facts, session }) {
      const { userId, version } = next;
      if (!(await volatile.outdate(userId, version, session))) return 'ended';
      if (!(await host.save(next))) return 'stale';
      const moves = await volatile.remember({ userId, facts, ...(session ? { session } : {}) });
      return moves ? 'saved' : 'unmoved';
    },

    async settle(attempt) {
      const { change, challenge, ...rest } = attempt;
      const settled = await volatile.settle({ challenge, ...rest });
      // From here on the challenge is consumed: whatever throws below leaves it so.
      if (settled.status !== 'accepted' || !change) return settled;
      const { userId, version } = change.next;
      if (!(await volatile.outdate(userId, version, change.session))) return { status: 'expired' };
      if (!(await host.save(change.next))) {
        await volatile.restore(challenge);
        return { status: 'stale' };
      }
      const moved = await volatile.remember({
        userId,
        facts: change.facts,
        succeeded: challenge,
        ...(change.session ? { session: change.session } : {}),
      });
      return moved ? settled : { status: 'unmoved' };
    },

    async renew(pointer, { userId, version }, at) {
      const enrollment = await host.load(userId);
      if (enrollment.version !== version) return enrollment;
      // Noted last: whatever breaks before it is asked again by the next request.
      await volatile.touch(pointer, at);
      return undefined;
    },

    begin: (record, facts, lifetime) => volatile.begin(record, facts, lifetime),
    session: (pointer) => volatile.session(pointer),
    recall: (pointer) => volatile.recall(pointer),
    open: (opening) => volatile.open(opening),
    withdraw: (challenge) => volatile.withdraw(challenge),
    restore: (challenge) => volatile.restore(challenge),
    outdate: (userId, version, session) => volatile.outdate(userId, version, session),
    remember: (remembering) => volatile.remember(remembering),
    touch: (pointer, at) => volatile.touch(pointer, at),
    sessions: (userId) => volatile.sessions(userId),
    end: (tag, ids) => volatile.end(tag, ids),
    forgive: (tag) => volatile.forgive(tag),
    erase: (tag) => volatile.erase(tag),
    warnings: (now) => volatile.warnings(now),
    spend: (budget, id, now) => volatile.spend(budget, id, now),
    refund: (budget, id) => volatile.refund(budget, id),
    tally: (budget, since) => volatile.tally(budget, since),
  };
}
