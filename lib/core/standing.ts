import type { SessionRecord } from './vocabulary.ts';

/**
 * What speaks for a session being its owner's. 1: no more than its first factor, which a stranger may
 * have, too; 2: it was begun from a known device; 3: it has proved something since, or switched MFA on.
 * The switch proves nothing, but whoever made it is in: a password alone must push out nobody who is
 * (attack A44).
 */
export function standingOf({ completed, device }: SessionRecord): 1 | 2 | 3 {
  if (completed.some(({ by }) => by !== 'first-factor')) return 3;
  return device === 'known' ? 2 : 1;
}

/** Whether a session may be that of a stranger who holds the password. */
export function isStrangers(record: SessionRecord): boolean {
  return standingOf(record) === 1;
}
