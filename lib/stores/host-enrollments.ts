import { safeParse } from 'valibot';

import type { EnrollmentStore } from '../core/ports.ts';
import { MfaError } from '../errors.ts';
import { withinTime } from '../time-limit.ts';
import { documents } from './documents.ts';

const LIMIT_MS = 2_000;

/**
 * The host's own storage, with nothing believed: it may throw, hang, answer in another shape or
 * with another user's document. Whether a save that failed came true is not known.
 *
 * @throws MfaError `host_callback_failed` or `host_callback_timeout`, from both.
 */
export function hostEnrollments(host: EnrollmentStore): EnrollmentStore {
  return {
    async load(userId) {
      const answer: unknown = await withinTime('enrollments.load', LIMIT_MS, () =>
        host.load(userId),
      );
      const parsed = safeParse(documents.enrollment, answer);
      if (!parsed.success) {
        throw failed('load must answer an enrollment; for an unknown user the empty one');
      }
      if (parsed.output.userId !== userId) {
        throw failed('load answered with the enrollment of another user');
      }
      return parsed.output;
    },

    async save(next) {
      const saved: unknown = await withinTime('enrollments.save', LIMIT_MS, () => host.save(next));
      if (typeof saved !== 'boolean') {
        throw failed('save must answer whether the stored version was the one before');
      }
      return saved;
    },
  };
}

function failed(what: string): MfaError {
  return new MfaError('host_callback_failed', `splitStore: enrollments.${what}.`);
}
