import { budgetName } from '../draws.ts';
import { factsOf } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { findUser } from '../host-user.ts';
import { deviceOf } from '../known-device.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { formatPointer } from '../pointer.ts';
import { decide } from '../policy.ts';
import type { Decision } from '../policy.ts';
import { settledEnrollment } from '../presence.ts';
import { report } from '../report.ts';
import type { Enrollment, FactorType, SessionRecord } from '../vocabulary.ts';
import { signOut } from './sessions.ts';

/** What a first factor has opened. `decision` says whether more is needed. */
export interface SignedIn {
  readonly record: SessionRecord;
  readonly enrollment: Enrollment;
  readonly decision: Decision;
}

/** When and by whom the first factor was accepted. */
interface Acceptance {
  /** Now, if it is not given. */
  readonly at?: number | undefined;
  /**
   * Whether it still holds. Asked where sessions were ended just now: the password may have been reset
   * while it was checked, and whoever knows the old one must not come in behind the reset.
   */
  readonly isStill?: () => Promise<boolean>;
}

/**
 * Begins a session for a user whose first factor the host has accepted. It is worth that factor
 * and no more. What the host vouches for is read anew: the caller need only know the id. The session
 * that the caller came with ends first, for a slow request can bring its pointer back (attack A26).
 */
export async function signIn(
  engine: Engine,
  caller: Caller,
  userId: string,
  factor: FactorType,
  { at: acceptedAt, isStill = async () => true }: Acceptance = {},
): Promise<Outcome<SignedIn>> {
  const found = await findUser(engine, userId);
  if (!found) return refused('first-factor');
  const { user } = found;
  const { settings, random } = engine;
  const enrollment = await settledEnrollment(engine, caller, user, [factor]);
  const facts = factsOf(enrollment, engine.factors);
  const at = engine.now();
  if (facts.endedBefore > at - JUST_NOW_MS && !(await isStill())) return refused('credentials');
  const tag = engine.tag(user.id);
  const device = deviceOf(engine, caller, { ...enrollment, tag });
  const { network } = caller;
  const record: SessionRecord = {
    id: random.token(16),
    userId: user.id,
    secret: random.token(32),
    createdAt: at,
    seenAt: at,
    completed: [{ factor, by: 'first-factor', at: acceptedAt ?? at }],
    // Begun after those that were ended, whatever the clocks of other processes say.
    ...(facts.endedBefore > at ? { renewedAt: facts.endedBefore } : {}),
    device,
    ...(device === 'unknown' && network !== undefined
      ? { network: budgetName(engine, 'sign-in', network) }
      : {}),
  };
  await signOut(engine, caller);
  await engine.store.begin(record, facts, {
    keepMs: settings.lifetimes.overallMs,
    limit: settings.maxSessions,
  });
  report(engine, caller, 'signed_in', {
    userId: user.id,
    session: record.id,
    factor,
  });
  const pointer = formatPointer({ tag, id: record.id, secret: record.secret });
  return done(
    { record, enrollment, decision: decide(record, facts, {}, settings.lifetimes, at) },
    pointer,
  );
}

/** Longer than a password takes to be checked, and than the clocks of processes are apart. */
const JUST_NOW_MS = 60_000;
