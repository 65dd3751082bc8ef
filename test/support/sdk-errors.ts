import type { Response } from 'supertest';

import type { MatrixHost } from './matrix-host.ts';

/** An error of the wire, and in what situations it is the answer. */
export interface ErrorRow {
  readonly status: number;
  readonly type: string;
  /** The text of Appwrite's error; left out where it is our own. */
  readonly message?: string;
  readonly to: Readonly<Record<string, (host: MatrixHost) => PromiseLike<Response>>>;
}

/** One case a situation, for `it.each`. */
export function casesOf(rows: readonly ErrorRow[]) {
  return rows.flatMap(({ to, ...row }) =>
    Object.entries(to).map(([situation, ask]) => ({ ...row, situation, ask })),
  );
}
