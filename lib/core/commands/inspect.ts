import { assuranceOf } from '../assurance.ts';
import type { Assurance } from '../assurance.ts';
import { factsOf } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { parsePointer } from '../pointer.ts';
import type { Pointer } from '../pointer.ts';
import type { Lifetimes, Requirement } from '../policy.ts';
import { required } from '../required.ts';
import type { Enrollment, Facts } from '../vocabulary.ts';

/** A session that got through a guard. */
export interface Passed extends Assurance {
  readonly userId: string;
  readonly session: string;
}

/**
 * How often a guard notes that a session is in use, and looks whether its facts are still those of the
 * enrollment. A use that comes too soon to be noted costs a session no more than a quarter of its idle limit.
 */
function renewEveryMs({ idleMs }: Lifetimes): number {
  return Math.min(60_000, idleMs / 4);
}

/**
 * What a guard asks: one read of the store, then a pure decision; once a minute one step more, which
 * asks the enrollment itself. Anything that fails, fails closed.
 */
export async function inspect(
  engine: Engine,
  caller: Caller,
  requirement: Requirement,
): Promise<Outcome<Passed>> {
  const pointer = parsePointer(caller.pointer);
  if (!pointer) return refused('first-factor');
  const { record, facts: stored } = await engine.store.session(pointer);
  if (!record) return refused('first-factor');
  const { id: session, userId } = record;
  const { store, factors, settings } = engine;
  const now = engine.now();
  const judged = (facts: Facts): Outcome<Passed> =>
    required(record, facts, requirement, factors, settings.lifetimes, now) ??
    done({ userId, session, ...assuranceOf(record, facts, factors) });

  const facts = stored ?? (await remembered(engine, await store.enrollment(userId)));
  const passed = judged(facts);
  const isNoted = record.seenAt + renewEveryMs(settings.lifetimes) > now;
  if (passed.status === 'refused' || isNoted) return passed;
  const { version } = facts;
  const changed = await store.renew(pointer, { userId, version }, now);
  if (!changed) return passed;
  // Facts that came undone, alone, must not outlive this: sessions that were ended would be back (STO-10).
  const again = judged(await remembered(engine, changed));
  if (again.status === 'done') await store.touch(pointer, now);
  return again;
}

/** The user whom a pointer's session belongs to, whatever is still missing. */
export async function sessionUser(engine: Engine, pointer: Pointer): Promise<string | undefined> {
  return (await engine.store.session(pointer)).record?.userId;
}

async function remembered(engine: Engine, enrollment: Enrollment): Promise<Facts> {
  const facts = factsOf(enrollment, engine.factors);
  await engine.store.remember({ userId: enrollment.userId, facts });
  return facts;
}
