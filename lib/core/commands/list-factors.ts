import type { Caller, Engine } from '../engine.ts';
import { offered } from '../offered.ts';
import { done } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { enter } from '../presence.ts';
import { usable } from '../usable.ts';
import type { FactorType } from '../vocabulary.ts';

/** Which factors could answer a challenge in this session, by type. */
export async function listFactors(
  engine: Engine,
  caller: Caller,
): Promise<Outcome<Readonly<Record<FactorType, boolean>>>> {
  const presence = await enter(engine, caller, 'pending');
  if (presence.status === 'refused') return presence;
  const { record, enrollment, device } = presence;
  const usableTypes = offered(engine, record)
    .map(({ type }) => type)
    .filter((type) => usable(engine, enrollment, type, device).length > 0);
  const types = [...engine.factors.keys()];
  return done(Object.fromEntries(types.map((type) => [type, usableTypes.includes(type)])));
}
