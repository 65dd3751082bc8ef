import { countersOf } from '../counters.ts';
import type { Caller, Engine } from '../engine.ts';
import type { Factor } from '../factor.ts';
import { NO_FAILURES } from '../lockout.ts';
import { offered } from '../offered.ts';
import { done } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
import { coolDownOf } from '../slot.ts';
import { usable } from '../usable.ts';
import type { Opened } from '../usable.ts';
import type { Challenge, FactorType } from '../vocabulary.ts';

/** One authenticator that could be challenged now, and how it stands in this session. */
export interface Way {
  readonly authenticator: string;
  readonly type: FactorType;
  readonly name: string;
  /** Its destination, masked. */
  readonly hint?: string;
  readonly remaining?: number;
  /** Whether a code has to be sent first. */
  readonly sends: boolean;
  /** Whether it only recovers. */
  readonly recovers: boolean;
  /** The challenge of this session that can still be answered. */
  readonly challenge?: Challenge;
  /** Until when no answer is judged, and until when no message is sent; 0 for not at all. */
  readonly lockedUntil: number;
  readonly restsUntil: number;
}

/** The ways to complete or refresh this session, the strongest first. */
export async function listWays(engine: Engine, caller: Caller): Promise<Outcome<readonly Way[]>> {
  const presence = await enter(engine, caller, 'pending');
  if (presence.status === 'refused') return presence;
  const ways = offered(engine, presence.record)
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .flatMap((factor) =>
      usable(engine, presence.enrollment, factor.type, presence.device).map((one) =>
        wayOf(engine, presence, factor, one),
      ),
    );
  return done(ways);
}

/** What no phisher can pass on, then what makes AAL2 (an app before a number), then mail; what recovers is last. */
function rankOf({ traits }: Factor): number {
  if (traits.role === 'recovery') return 4;
  if (traits.phishingResistant) return 0;
  if (!traits.aal2) return 3;
  return traits.channel ? 2 : 1;
}

function wayOf(engine: Engine, presence: Presence, factor: Factor, one: Opened): Way {
  const { device, failures, rests } = presence;
  const { type, traits } = factor;
  const [own] = countersOf(factor, device);
  const place = { purpose: 'prove', factor: type, authenticator: one.id, device } as const;
  const challenge = presence.challenges.find(
    ({ purpose, authenticator, expiresAt }) =>
      purpose === 'prove' && authenticator === one.id && expiresAt > engine.now(),
  );
  return {
    authenticator: one.id,
    type,
    name: one.name,
    ...factor.describe(one.plain),
    sends: traits.channel !== undefined,
    recovers: traits.role === 'recovery',
    ...(challenge ? { challenge } : {}),
    lockedUntil: (failures[own] ?? NO_FAILURES).until,
    restsUntil: rests[coolDownOf(place)] ?? 0,
  };
}
