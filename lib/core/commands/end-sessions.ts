import { endedBeforeNow } from '../ending.ts';
import { emptyEnrollment, factsOf } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { findUser } from '../host-user.ts';
import { knownSince } from '../known-device.ts';
import { done } from '../outcome.ts';
import type { Done } from '../outcome.ts';
import { formatPointer, parsePointer } from '../pointer.ts';
import { decide, wasEnded } from '../policy.ts';
import type { Move } from '../ports.ts';
import { contended, ROUNDS } from '../presence.ts';
import { report } from '../report.ts';
import { tellOwner } from '../tell-owner.ts';
import type { Enrollment, Facts } from '../vocabulary.ts';

/**
 * Ends all sessions of a user at the host's word, in every process and for good, but the one that
 * asks if it is alive and the user's own: that one moves to a new pointer. Browsers stay as known as
 * they were: a device proves nothing, and a reset that made the owner's a stranger would lock the
 * owner out for what strangers got wrong before it (THR-7).
 */
export async function endSessions(
  engine: Engine,
  caller: Caller,
  userId: string,
): Promise<Done<undefined>> {
  const { spared } = await endWith(engine, caller, userId, (enrollment) => ({
    ...enrollment,
    knownSince: knownSince(enrollment),
  }));
  const session = spared ? { session: spared.move.record.id } : {};
  report(engine, caller, 'sessions_ended', { userId, ...session }, { reason: 'host' });
  return done(undefined, spared?.pointer);
}

/**
 * Drops all that a user has bound, the MFA switch, every session and what browsers are known by: for
 * a host that has just learned who the owner is, so that nobody keeps a way in who was there before
 * (attack A68).
 */
export async function forget(engine: Engine, caller: Caller, userId: string): Promise<void> {
  const found = await findUser(engine, userId);
  const { before } = await endWith(engine, {}, userId, ({ version, endedBefore }) => ({
    ...emptyEnrollment(userId),
    version,
    endedBefore,
  }));
  report(engine, caller, 'enrollment_forgotten', { userId });
  if (found) tellOwner(engine, found.user, { type: 'enrollment_forgotten' }, [before]);
  // What was got wrong about what is gone must not keep the owner from binding anew.
  await engine.store.forgive(engine.tag(userId));
}

async function endWith(
  engine: Engine,
  caller: Caller,
  userId: string,
  changed: (enrollment: Enrollment) => Enrollment,
): Promise<{ readonly before: Enrollment; readonly spared: Spared | undefined }> {
  for (let round = 0; round < ROUNDS; round++) {
    const before = await engine.store.enrollment(userId);
    const endedBefore = endedBeforeNow(before, engine.now());
    const next = { ...changed(before), version: before.version + 1, endedBefore };
    const facts = factsOf(next, engine.factors);
    const spared = await sparedOf(engine, caller, before, endedBefore);
    const session = spared && { session: spared.move };
    if ((await engine.store.save({ next, facts, ...session })) !== 'saved') continue;
    // They are over: a store that fails now must not keep the one that is spared from its new pointer.
    await dropEnded(engine, userId, facts).catch((error: unknown) => {
      engine.emit({ type: 'fault', userId, error });
    });
    return { before, spared };
  }
  throw contended();
}

/** The session that goes on, and where it is found from now on. */
interface Spared {
  readonly move: Move;
  readonly pointer: string;
}

/** The session that asks, as it goes on. One that is over, or another user's, is not spared: that would revive it. */
async function sparedOf(
  engine: Engine,
  caller: Caller,
  enrollment: Enrollment,
  renewedAt: number,
): Promise<Spared | undefined> {
  const pointer = parsePointer(caller.pointer);
  const record = pointer && (await engine.store.session(pointer)).record;
  if (!pointer || record?.userId !== enrollment.userId) return undefined;
  const facts = factsOf(enrollment, engine.factors);
  const decision = decide(record, facts, {}, engine.settings.lifetimes, engine.now());
  if (decision.status === 'refuse' && decision.need === 'first-factor') return undefined;
  const secret = engine.random.token(32);
  return {
    move: { secret: record.secret, record: { ...record, secret, renewedAt } },
    pointer: formatPointer({ ...pointer, secret }),
  };
}

/** What is over already takes its challenges along; a session begun meanwhile stays. */
async function dropEnded(engine: Engine, userId: string, facts: Facts): Promise<void> {
  const records = await engine.store.sessions(userId);
  const ended = records.filter((record) => wasEnded(record, facts)).map(({ id }) => id);
  if (ended.length > 0) await engine.store.end(engine.tag(userId), ended);
}
