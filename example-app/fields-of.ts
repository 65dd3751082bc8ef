import type { Request } from 'express';

/** The fields of a form. One that came twice is a list, and no field. */
export function fieldsOf({ body }: Request): Readonly<Record<string, string>> {
  const fields = Object.entries({ ...(body as Record<string, unknown>) });
  return Object.fromEntries(
    fields.filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}
