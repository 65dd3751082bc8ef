import type { Request, Response } from 'express';

import { inspect } from '../core/commands/inspect.ts';
import type { Passed } from '../core/commands/inspect.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Requirement } from '../core/policy.ts';
import { admitted } from './admission.ts';
import type { WireError } from './error-types.ts';
import type { Http } from './route.ts';

/** Turned away at the door, before anyone looked at the session. */
export interface Barred {
  readonly status: 'barred';
  readonly error: WireError;
}

/**
 * Decides whether a request's session gets through: the one decision of guards and of `check()`.
 * Whoever asks has to let through on `done` only, and to tell the host of what is thrown.
 */
export async function examine(
  { begin, identify, door }: Http,
  requirement: Requirement,
  req: Request,
  res?: Response,
): Promise<Outcome<Passed> | Barred> {
  const engine = begin();
  const error = await door(req, res);
  if (error) return { status: 'barred', error };
  return admitted(engine, identify, req, (caller) => inspect(engine, caller, requirement));
}
