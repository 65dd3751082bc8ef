import type { Caller, Engine } from './engine.ts';
import type { Device, Enrollment } from './vocabulary.ts';

/** How long a device stays known after its last completed sign-in. */
export const DEVICE_MS = 180 * 86_400_000;

/**
 * What a browser keeps after it completed a sign-in. It proves no factor and skips none: it only
 * says whose failures are counted where. Sealed, so it can be made by nobody and opened for no
 * other user (attack A59).
 */
export function deviceToken(engine: Engine, tag: string, since: number): string {
  return engine.keyring.seal(Math.max(engine.now(), since), bindingOf(tag));
}

/** Whether this browser completed a sign-in of the user before, and after browsers were last forgotten. */
export function deviceOf(
  engine: Engine,
  caller: Caller,
  { tag, ...forgotten }: Forgotten & { readonly tag: string },
): Device {
  const at = caller.device && engine.keyring.open(caller.device, bindingOf(tag));
  const since = knownSince(forgotten);
  const isKnown = typeof at === 'number' && at >= since && at + DEVICE_MS > engine.now();
  return isKnown ? 'known' : 'unknown';
}

/**
 * Since when a browser must have completed a sign-in to be known. Whatever ends all sessions forgets
 * browsers as well (REC-9), unless it keeps this moment: see `endSessions`.
 */
export function knownSince({ knownSince: since, endedBefore }: Forgotten): number {
  return since ?? endedBefore;
}

type Forgotten = Pick<Enrollment, 'endedBefore' | 'knownSince'>;

function bindingOf(tag: string): readonly string[] {
  return ['device', tag];
}
