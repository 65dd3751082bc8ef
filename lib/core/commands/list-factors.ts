import type { Caller, Engine } from '../engine.ts';
import { done } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { firstFactors } from '../policy.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
import { usable } from '../usable.ts';
import type { FactorType } from '../vocabulary.ts';

/** Which factors could answer a challenge in this session, by type. */
export async function listFactors(
  engine: Engine,
  caller: Caller,
): Promise<Outcome<Readonly<Record<FactorType, boolean>>>> {
  const presence = await enter(engine, caller, 'pending');
  if (presence.status === 'refused') return presence;
  const types = [...engine.factors.keys()];
  return done(Object.fromEntries(types.map((type) => [type, isUsable(engine, presence, type)])));
}

function isUsable(engine: Engine, presence: Presence, type: FactorType): boolean {
  const channel = engine.factors.get(type)?.traits.channel;
  if (channel && !engine.senders[channel]) return false;
  return (
    !firstFactors(presence.record).includes(type) &&
    usable(engine, presence.enrollment, type, presence.device).length > 0
  );
}
