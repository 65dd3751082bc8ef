import type { Request } from 'express';

import { signIn } from '../core/commands/sign-in.ts';
import type { Caller, Engine } from '../core/engine.ts';
import { refused } from '../core/outcome.ts';
import type { Outcome } from '../core/outcome.ts';
import { parsePointer } from '../core/pointer.ts';
import { userIdOf } from '../core/user-id.ts';
import { MfaError } from '../errors.ts';
import { callerOf, strangerOf } from './caller.ts';
import { firstSightIn } from './first-sight.ts';
import { keepPointer } from './host-session.ts';

/** Answers with the id of the user whom the host takes for signed in, or with nothing. */
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
  const userId = identified(await identify(req));
  if (userId === undefined) return run(strangerOf(req));
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
  return run(callerOf(req));
}

/** `false` is that of `req.isAuthenticated() && req.user.id`. */
const NOBODY: ReadonlySet<unknown> = new Set([undefined, null, false, '']);

/** The id of whoever is signed in. What can be no id is a fault: who is locked out by it must learn why. */
function identified(answer: unknown): string | undefined {
  if (NOBODY.has(answer)) return undefined;
  const userId = userIdOf(answer);
  if (userId !== undefined) return userId;
  throw new MfaError(
    'host_callback_failed',
    '`identify` must answer the id of a user, a string or a number, or null for nobody: make a text of any other, such as String(user._id).',
  );
}
