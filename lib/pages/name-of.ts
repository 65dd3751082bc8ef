import { safeParse } from 'valibot';

import { authenticatorName } from '../http/schemas.ts';

/** A name as the endpoints take it; undefined for none, or one that is no name. */
export function nameOf(text: string | undefined): string | undefined {
  const read = safeParse(authenticatorName, { name: text });
  return read.success ? read.output.name : undefined;
}
