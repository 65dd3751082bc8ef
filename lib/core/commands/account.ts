import type { Caller, Engine } from '../engine.ts';
import { done } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { enter } from '../presence.ts';
import type { Enrollment, Facts, SessionRecord, User } from '../vocabulary.ts';

/** A user's account as the signed-in session sees it. */
export interface Account {
  readonly user: User;
  readonly enrollment: Enrollment;
  readonly facts: Facts;
  readonly record: SessionRecord;
}

/** The account of a session that lacks nothing. */
export async function account(engine: Engine, caller: Caller): Promise<Outcome<Account>> {
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  const { user, enrollment, facts, record } = presence;
  return done({ user, enrollment, facts, record });
}
