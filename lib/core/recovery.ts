import type { Caller, Engine } from './engine.ts';
import { decide } from './policy.ts';
import type { Presence } from './presence.ts';
import { recovers } from './recovers.ts';
import { report } from './report.ts';
import { tellOwner } from './tell-owner.ts';
import { openSecret } from './usable.ts';
import type { Challenge, Enrollment } from './vocabulary.ts';

/** Whether an answer to this challenge gets a session in that lacks a factor, in the place of the factors. */
export function completesByRecovery(
  engine: Engine,
  { record, facts }: Presence,
  { factor }: Challenge,
): boolean {
  if (!recovers(engine.factors, factor)) return false;
  const decision = decide(record, facts, {}, engine.settings.lifetimes, engine.now());
  return decision.status === 'refuse';
}

/** A recovery code was used: its owner hears of it, with how many are left (NIST SP 800-63B-4 section 4.2.3). */
export function afterRecovery(
  engine: Engine,
  caller: Caller,
  { user, enrollment }: Presence,
  challenge: Challenge,
  next: Enrollment,
): void {
  const authenticator = next.authenticators.find(({ id }) => id === challenge.authenticator);
  const factor = engine.factors.get(challenge.factor);
  if (!authenticator || factor?.traits.role !== 'recovery') return;
  if (next.endedBefore > enrollment.endedBefore)
    report(engine, caller, 'sessions_ended', challenge, { reason: 'recovery' });
  const { remaining = 0 } = factor.describe(openSecret(engine, user.id, authenticator));
  tellOwner(engine, user, { type: 'recovery_code_used', factor: factor.type, remaining }, [next]);
}
