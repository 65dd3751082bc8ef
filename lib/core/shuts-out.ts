import { factsOf } from './enrollment.ts';
import type { Engine } from './engine.ts';
import { isReached } from './is-reached.ts';
import { offered } from './offered.ts';
import { isArmed } from './policy.ts';
import type { Presence } from './presence.ts';
import { recovers } from './recovers.ts';
import { usable } from './usable.ts';
import type { Enrollment } from './vocabulary.ts';

/**
 * Whether an enrollment asks for a second factor of which a session like this one could prove none: what
 * opened it, what the host vouches for no more, or what no code reaches. Nobody would get in again (THR-7).
 */
export async function shutsOut(
  engine: Engine,
  { enrollment, record, device }: Presence,
  wanted: Pick<Enrollment, 'mfa' | 'authenticators'>,
): Promise<boolean> {
  const next = { ...enrollment, ...wanted };
  if (!isArmed(factsOf(next, engine.factors))) return false;
  for (const factor of offered(engine, record)) {
    if (recovers(engine.factors, factor.type)) continue;
    for (const { plain } of usable(engine, next, factor.type, device))
      if (await isReached(factor, plain)) return false;
  }
  return true;
}
