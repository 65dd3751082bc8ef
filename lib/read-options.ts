import { safeParse } from 'valibot';
import type { GenericSchema, InferOutput } from 'valibot';

import { MfaError } from './errors.ts';

/** Options with their defaults filled in; `strange` is what is wrong with their names, if anything. */
export function readOptions<S extends GenericSchema>(
  schema: S,
  options: unknown,
  {
    of,
    all = 'options',
    strange,
  }: {
    /** Whose options they are, and what they are called as a whole: what a message begins with. */
    readonly of: string;
    readonly all?: string;
    readonly strange: string | undefined;
  },
): InferOutput<S> {
  if (strange !== undefined) throw optionsInvalid(of, strange);
  const { success, issues, output } = safeParse(schema, options);
  if (success) return output;
  const [{ path, message }] = issues;
  const name = path?.map(({ key }) => String(key)).join('.') ?? all;
  throw optionsInvalid(of, `\`${name}\` ${message}.`);
}

/** An option that cannot be taken: which one, and what it must be; never what it was. */
export function optionsInvalid(of: string, message: string): MfaError {
  return new MfaError('options_invalid', `${of}: ${message}`);
}
