import type { Caller, Engine } from './engine.ts';
import type { Device } from './vocabulary.ts';

/** How long a device stays known after its last completed sign-in. */
export const DEVICE_MS = 180 * 86_400_000;

/**
 * What a browser keeps after it completed a sign-in. It proves no factor and skips none: it only
 * says whose failures are counted where. Sealed, so it can be made by nobody and opened for no
 * other user (attack A59).
 */
export function deviceToken(engine: Engine, tag: string, endedBefore: number): string {
  return engine.keyring.seal(Math.max(engine.now(), endedBefore), bindingOf(tag));
}

/** Whether this browser completed a sign-in of the user before, and after all sessions were last ended. */
export function deviceOf(
  engine: Engine,
  caller: Caller,
  { tag, endedBefore }: { readonly tag: string; readonly endedBefore: number },
): Device {
  const at = caller.device && engine.keyring.open(caller.device, bindingOf(tag));
  const isKnown = typeof at === 'number' && at >= endedBefore && at + DEVICE_MS > engine.now();
  return isKnown ? 'known' : 'unknown';
}

function bindingOf(tag: string): readonly string[] {
  return ['device', tag];
}
