import { safeParse } from 'valibot';
import type { GenericSchema, InferOutput } from 'valibot';

import type { Parse } from '../core/factor.ts';

/** A schema as a factor's parser. The message says what was expected and nothing of what came. */
export function parse<S extends GenericSchema>(schema: S, expected: string): Parse<InferOutput<S>> {
  return (raw) => {
    const result = safeParse(schema, raw);
    return result.success ? { ok: true, value: result.output } : { ok: false, message: expected };
  };
}
