import express from 'express';
import type { Request, Response } from 'express';

import { parsedInTime } from '../http/parsed-in-time.ts';

const parser = express.urlencoded({ extended: false, limit: 4096, parameterLimit: 20 });

/** The fields of a form, each one text; undefined for what is no small form, or did not arrive in time. */
export async function readForm(
  req: Request,
  res: Response,
  timeoutMs: number,
): Promise<Readonly<Record<string, string>> | undefined> {
  const failure = await parsedInTime(parser, req, res, timeoutMs);
  return failure === undefined ? fieldsOf((req as { body?: unknown }).body) : undefined;
}

/** What came once, as text: a field that came twice is a list, and no field (attack A35). */
export function fieldsOf(source: unknown): Readonly<Record<string, string>> {
  const pairs = Object.entries({ ...(source as Record<string, unknown> | undefined) });
  return Object.assign(
    Object.create(null) as Record<string, string>,
    Object.fromEntries(
      pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
  );
}
