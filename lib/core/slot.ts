import type { Challenge } from './vocabulary.ts';

/**
 * The place of a challenge: one live challenge per session, purpose and authenticator (for an
 * enrollment: per factor). A newer one in the slot replaces the older.
 */
export function slotOf(
  challenge: Pick<Challenge, 'session' | 'purpose' | 'factor' | 'authenticator'>,
): string {
  return `${challenge.session}/${placeOf(challenge)}`;
}

/**
 * Where sends are spaced out: the slot without the session, so that a new login is no way around
 * the wait. Strangers who keep it going leave known devices their own.
 */
export function coolDownOf(
  challenge: Pick<Challenge, 'purpose' | 'factor' | 'authenticator' | 'device'>,
): string {
  const place = placeOf(challenge);
  return challenge.device === 'known' ? `${place}/known` : place;
}

function placeOf({
  purpose,
  factor,
  authenticator,
}: Pick<Challenge, 'purpose' | 'factor' | 'authenticator'>): string {
  return purpose === 'enroll' ? `enroll/${factor}` : `prove/${authenticator}`;
}
