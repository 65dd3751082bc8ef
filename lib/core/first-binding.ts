import type { Caller, Engine } from './engine.ts';
import { knownSince } from './known-device.ts';
import { firstFactors, isArmed } from './policy.ts';
import { recovers } from './recovers.ts';
import { report } from './report.ts';
import { tellOwner } from './tell-owner.ts';
import type { Authenticator, Enrollment, Facts, SessionRecord, User } from './vocabulary.ts';

/** Whether something that counts was enrolled, beside what the host vouches for and what opened this session. */
export function hasEnrolled(
  { factors }: Engine,
  { authenticators }: Enrollment,
  record: SessionRecord | undefined,
): boolean {
  const first = record ? firstFactors(record) : [];
  return authenticators.some(
    ({ type, origin }) =>
      origin === 'enrolled' && !first.includes(type) && !recovers(factors, type),
  );
}

/**
 * What stays of an enrollment as the first factor comes to count. Until then the password alone was
 * enough, or the mailbox that signs in, so whoever had it may have made recovery codes, or had a browser
 * known, to come in by as soon as its owner asks for more (attack A20): what the session that binds made
 * stays, if one does; browsers are forgotten.
 */
export function staying(
  engine: Engine,
  { enrollment, facts, record }: Before,
): Pick<Enrollment, 'authenticators'> & Partial<Pick<Enrollment, 'knownSince'>> {
  const { authenticators } = enrollment;
  if (isArmed(facts) || hasEnrolled(engine, enrollment, record)) return { authenticators };
  return {
    authenticators: authenticators.filter(
      ({ origin, madeIn }) => origin === 'vouched' || (record && madeIn === record.id),
    ),
    knownSince: Math.max(knownSince(enrollment), engine.now()) + 1,
  };
}

/** What was bound, and by which session something is bound now; none where it is the host's word. */
interface Before {
  readonly enrollment: Enrollment;
  readonly facts: Facts;
  readonly record?: SessionRecord;
}

/** Tells of what was enrolled and did not stay. */
export function tellDropped(
  engine: Engine,
  caller: Caller,
  { enrollment, record, user }: Omit<Before, 'facts'> & { readonly user: User },
  stayed: readonly Authenticator[],
): void {
  for (const { id: authenticator, type: factor, origin } of enrollment.authenticators) {
    if (origin === 'vouched' || stayed.some(({ id }) => id === authenticator)) continue;
    const session = record ? { session: record.id } : {};
    const about = { userId: user.id, ...session, factor, authenticator };
    report(engine, caller, 'authenticator_removed', about);
    tellOwner(engine, user, { type: 'authenticator_removed', factor }, [enrollment]);
  }
}
