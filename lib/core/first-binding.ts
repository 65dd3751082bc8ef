import type { Caller, Engine } from './engine.ts';
import { knownSince } from './known-device.ts';
import { isArmed } from './policy.ts';
import type { Presence } from './presence.ts';
import { recovers } from './recovers.ts';
import { report } from './report.ts';
import { tellOwner } from './tell-owner.ts';
import type { Authenticator, Enrollment } from './vocabulary.ts';

/** Whether something that counts was enrolled, beside what the host vouches for. */
export function hasEnrolled({ factors }: Engine, { authenticators }: Enrollment): boolean {
  return authenticators.some(
    ({ type, origin }) => origin === 'enrolled' && !recovers(factors, type),
  );
}

/**
 * What stays of an enrollment as the first factor comes to count. Until then the password alone was
 * enough, so whoever had it may have made recovery codes, or had a browser known, to come in by as soon
 * as its owner asks for more (attack A20): codes of the session that binds stay, browsers are forgotten.
 */
export function staying(
  engine: Engine,
  { enrollment, facts, record }: Presence,
): Pick<Enrollment, 'authenticators'> & Partial<Pick<Enrollment, 'knownSince'>> {
  const { authenticators } = enrollment;
  if (isArmed(facts) || hasEnrolled(engine, enrollment)) return { authenticators };
  return {
    authenticators: authenticators.filter(
      ({ origin, madeIn }) => origin === 'vouched' || madeIn === record.id,
    ),
    knownSince: Math.max(knownSince(enrollment), engine.now()) + 1,
  };
}

/** Tells of what did not stay. */
export function tellDropped(
  engine: Engine,
  caller: Caller,
  { enrollment, record, user }: Presence,
  stayed: readonly Authenticator[],
): void {
  for (const { id: authenticator, type: factor } of enrollment.authenticators) {
    if (stayed.some(({ id }) => id === authenticator)) continue;
    const about = { userId: user.id, session: record.id, factor, authenticator };
    report(engine, caller, 'authenticator_removed', about);
    tellOwner(engine, user, { type: 'authenticator_removed', factor }, [enrollment]);
  }
}
