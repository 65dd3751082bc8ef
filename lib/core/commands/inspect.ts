import { assuranceOf } from '../assurance.ts';
import type { Assurance } from '../assurance.ts';
import { factsOf } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { parsePointer } from '../pointer.ts';
import type { Pointer } from '../pointer.ts';
import type { Requirement } from '../policy.ts';
import { required } from '../required.ts';
import type { Facts } from '../vocabulary.ts';

/** A session that got through a guard. */
export interface Passed extends Assurance {
  readonly userId: string;
  readonly session: string;
}

const TOUCH_EVERY_MS = 60_000;

/** What a guard asks: one read of the store, then a pure decision. Anything that fails, fails closed. */
export async function inspect(
  engine: Engine,
  caller: Caller,
  requirement: Requirement,
): Promise<Outcome<Passed>> {
  const pointer = parsePointer(caller.pointer);
  if (!pointer) return refused('first-factor');
  const { record, facts: stored } = await engine.store.session(pointer);
  if (!record) return refused('first-factor');
  const facts = stored ?? (await rebuiltFacts(engine, record.userId));
  const { lifetimes } = engine.settings;
  const now = engine.now();
  const refusal = required(record, facts, requirement, engine.factors, lifetimes, now);
  if (refusal) return refusal;
  if (record.seenAt + TOUCH_EVERY_MS <= now) await engine.store.touch(pointer, now);
  return done({
    userId: record.userId,
    session: record.id,
    ...assuranceOf(record, facts, engine.factors),
  });
}

/** The user whom a pointer's session belongs to, whatever is still missing. */
export async function sessionUser(engine: Engine, pointer: Pointer): Promise<string | undefined> {
  return (await engine.store.session(pointer)).record?.userId;
}

async function rebuiltFacts(engine: Engine, userId: string): Promise<Facts> {
  const facts = factsOf(await engine.store.enrollment(userId), engine.factors);
  await engine.store.remember({ userId, facts });
  return facts;
}
