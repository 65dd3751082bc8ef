import { factsOf } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { done } from '../outcome.ts';
import type { Done } from '../outcome.ts';
import { formatPointer } from '../pointer.ts';
import { decide } from '../policy.ts';
import type { Decision } from '../policy.ts';
import { settledEnrollment } from '../presence.ts';
import { report } from '../report.ts';
import type { Enrollment, FactorType, SessionRecord, User } from '../vocabulary.ts';

/** What a first factor has opened. `decision` says whether more is needed. */
export interface SignedIn {
  readonly record: SessionRecord;
  readonly enrollment: Enrollment;
  readonly decision: Decision;
}

/** Begins a session for a user whose first factor the host has accepted. It is worth that factor and no more. */
export async function signIn(
  engine: Engine,
  caller: Caller,
  user: User,
  factor: FactorType,
): Promise<Done<SignedIn>> {
  const { settings, random } = engine;
  const enrollment = await settledEnrollment(engine, user);
  const facts = factsOf(enrollment, engine.factors);
  const at = engine.now();
  const record: SessionRecord = {
    id: random.token(16),
    userId: user.id,
    secret: random.token(32),
    createdAt: at,
    seenAt: at,
    completed: [{ factor, by: 'first-factor', at }],
  };
  await engine.store.begin(record, facts, {
    keepMs: settings.lifetimes.overallMs,
    limit: settings.maxSessions,
  });
  report(engine, caller, 'signed_in', {
    userId: user.id,
    session: record.id,
    factor,
  });
  const pointer = formatPointer({ tag: engine.tag(user.id), id: record.id, secret: record.secret });
  return done(
    { record, enrollment, decision: decide(record, facts, {}, settings.lifetimes, at) },
    pointer,
  );
}
