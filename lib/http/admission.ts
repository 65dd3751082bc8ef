import type { Request } from 'express';

import { signIn } from '../core/commands/sign-in.ts';
import type { Caller, Engine } from '../core/engine.ts';
import { refused } from '../core/outcome.ts';
import type { Outcome } from '../core/outcome.ts';
import { parsePointer } from '../core/pointer.ts';
import { callerOf, strangerOf } from './caller.ts';
import { firstSightIn } from './first-sight.ts';
import { keepPointer } from './host-session.ts';

/** Answers with the id of the user whom the host takes for signed in, if any. */
export type Identify = (req: Request) => unknown;

/**
 * Runs a command as whoever a request comes from. With `identify` the host's word says who that
 * is: a pointer at another user counts as none and its session is over, and a user without a session
 * gets one, worth the host's login and no more, as old as the first sight of it.
 */
export async function admitted<T>(
  engine: Engine,
  identify: Identify | undefined,
  req: Request,
  run: (caller: Caller) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const held = callerOf(req);
  if (!identify) return run(held);
  const id = await identify(req);
  if (typeof id !== 'string' && typeof id !== 'number') return run(strangerOf(req));
  const userId = String(id);
  const tag = engine.tag(userId);
  const own = parsePointer(held.pointer)?.tag === tag;
  const outcome = own ? await run(held) : refused('first-factor');
  if (outcome.status === 'done' || outcome.reason !== 'first-factor') return outcome;
  // An own pointer that fails may have moved on with the session meanwhile, which then stays.
  const before = own ? strangerOf(req) : held;
  const at = firstSightIn(req, tag, engine.now());
  const begun = await signIn(engine, before, userId, 'password', { at });
  if (begun.status === 'refused' || begun.pointer === undefined) return outcome;
  await keepPointer(req, begun.pointer, at);
  return run({ ...held, pointer: begun.pointer });
}
