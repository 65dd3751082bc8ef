import { countersOf } from './counters.ts';
import { groupsOf } from './draws.ts';
import { factorContext } from './engine.ts';
import type { Engine } from './engine.ts';
import type { Factor, FactorContext, Prepared } from './factor.ts';
import type { Presence } from './presence.ts';
import type { Challenge, Purpose } from './vocabulary.ts';

/** A challenge in the making: what the factor works with, and the challenge once it has prepared. */
export interface Making {
  readonly id: string;
  readonly context: FactorContext;
  from(prepared: Prepared, more?: Pick<Challenge, 'name' | 'draft'>): Challenge;
}

/** Begins a challenge of this session for one authenticator. */
export function newChallenge(
  engine: Engine,
  { user, record, device }: Presence,
  factor: Factor,
  about: { readonly purpose: Purpose; readonly authenticator: string },
): Making {
  const { type, traits } = factor;
  const id = engine.random.token(32);
  const bound = { ...about, factor: type, session: record.id };
  const context = factorContext(engine, { ...bound, challenge: id, user });
  // Who enrolls names the destination: that is nobody's known mailbox yet.
  const from = about.purpose === 'enroll' ? 'unknown' : device;
  return {
    id,
    context,
    from: ({ expects, deliver }, more = {}) => ({
      ...bound,
      id,
      userId: user.id,
      createdAt: context.now,
      expiresAt: context.now + traits.ttlMs,
      tries: traits.tries,
      device: from,
      // A known mailbox or not: what strangers got wrong must not keep an owner from binding another.
      counters: countersOf(factor, device),
      ...(expects === undefined ? {} : { expects }),
      ...(deliver?.groups ? { groups: groupsOf(engine, deliver).map(({ name }) => name) } : {}),
      ...more,
    }),
  };
}
