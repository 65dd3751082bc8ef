import { setImmediate as turn } from 'node:timers/promises';

import { emptyEnrollment } from '../../lib/core/enrollment.ts';
import type { EnrollmentStore } from '../../lib/core/ports.ts';
import type { Enrollment } from '../../lib/core/vocabulary.ts';

/**
 * A host's users table with two columns more, version and document. Like a real one it takes
 * time, before and after the one statement that decides.
 */
export function hostTable(): EnrollmentStore & { readonly rows: Map<string, Row> } {
  const rows = new Map<string, Row>();
  return {
    rows,
    async load(userId) {
      await turn();
      const row = rows.get(userId);
      return row ? (JSON.parse(row.document) as Enrollment) : emptyEnrollment(userId);
    },
    async save(next) {
      await turn();
      // update users set version = $1, document = $2 where id = $3 and version = $1 - 1
      const isNext = (rows.get(next.userId)?.version ?? 0) === next.version - 1;
      if (isNext) {
        rows.set(next.userId, { version: next.version, document: JSON.stringify(next) });
      }
      await turn();
      return isNext;
    },
  };
}

interface Row {
  readonly version: number;
  readonly document: string;
}
