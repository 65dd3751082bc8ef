import type { Caller, Engine } from './engine.ts';
import type { Device, Enrollment } from './vocabulary.ts';

/** How long a device stays known after its last completed sign-in. */
export const DEVICE_MS = 180 * 86_400_000;

/** So many users of one browser are known in it: those who signed in last. */
const USERS = 3;

/**
 * What a browser keeps after it completed a sign-in, beside what it `kept` of other users. It proves
 * no factor and skips none: it only says whose failures are counted where. Sealed, so it can be made
 * by nobody and opened for no other user (attack A59).
 */
export function deviceToken(engine: Engine, tag: string, since: number, kept?: string): string {
  const own = engine.keyring.seal(Math.max(engine.now(), since), bindingOf(tag));
  const others = tokensIn(kept).filter(
    (token) => engine.keyring.open(token, bindingOf(tag)) === undefined,
  );
  return [own, ...others].slice(0, USERS).join(BETWEEN);
}

/** Whether this browser completed a sign-in of the user before, and after browsers were last forgotten. */
export function deviceOf(
  engine: Engine,
  caller: Caller,
  { tag, ...forgotten }: Forgotten & { readonly tag: string },
): Device {
  const since = knownSince(forgotten);
  const isKnown = tokensIn(caller.device).some((token) => {
    const at = engine.keyring.open(token, bindingOf(tag));
    return typeof at === 'number' && at >= since && at + DEVICE_MS > engine.now();
  });
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

/** No character of a token, and one that a cookie may hold as it is. */
const BETWEEN = '~';

/** What may be a token, newest first. What is longer than one fills no cookie up. */
function tokensIn(kept = ''): readonly string[] {
  return kept.split(BETWEEN, USERS).filter((token) => /^[\w.-]{1,200}$/.test(token));
}

function bindingOf(tag: string): readonly string[] {
  return ['device', tag];
}
