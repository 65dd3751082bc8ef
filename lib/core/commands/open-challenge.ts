import type { Caller, Engine } from '../engine.ts';
import type { Factor } from '../factor.ts';
import { issue } from '../issue.ts';
import { newChallenge } from '../new-challenge.ts';
import { isServed } from '../offered.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome, Refusal } from '../outcome.ts';
import { firstFactors } from '../policy.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
import { report } from '../report.ts';
import { undeliverable } from '../undeliverable.ts';
import { usable } from '../usable.ts';
import type { Opened } from '../usable.ts';
import type { Challenge, FactorType } from '../vocabulary.ts';

interface Wanted {
  readonly factor: FactorType;
  readonly authenticator?: string | undefined;
}

/** Creates a challenge for a factor, or for one authenticator of it, and sends what has to be sent. */
export async function openChallenge(
  engine: Engine,
  caller: Caller,
  wanted: Wanted,
): Promise<Outcome<Challenge>> {
  const presence = await enter(engine, caller, 'pending');
  if (presence.status === 'refused') return presence;
  const asked = askedFor(engine, presence, wanted);
  if (asked.status === 'refused') {
    const { reason, factor: type } = asked;
    const who = { userId: presence.user.id, session: presence.record.id };
    // A name that a client made up is no factor's, and stands in no event.
    const about = type === undefined ? who : { ...who, factor: type };
    report(engine, caller, 'factor_refused', about, { reason });
    return asked;
  }
  const { factor, authenticator } = asked;

  const making = newChallenge(engine, presence, factor, {
    purpose: 'prove',
    authenticator: authenticator.id,
  });
  const prepared = await factor.challenge(making.context, authenticator.plain);
  if ('message' in prepared) return undeliverable(prepared, factor.type);
  const challenge = making.from(prepared);
  return (await issue(engine, caller, presence, challenge, prepared.deliver)) ?? done(challenge);
}

/** The factor and the authenticator of it that this session may be asked to prove. */
function askedFor(
  engine: Engine,
  presence: Presence,
  wanted: Wanted,
): { readonly status: 'asked'; readonly factor: Factor; readonly authenticator: Opened } | Refusal {
  const factor = engine.factors.get(wanted.factor);
  if (!factor) return refused('unknown-factor');
  const { type } = factor;
  if (!isServed(engine, factor)) return refused('no-channel', { factor: type });
  // Whoever reads the mailbox that signed in would pass its own second step (NIST SP 800-63B-4 section 2.2.1).
  if (firstFactors(presence.record).includes(type))
    return refused('same-as-first', { factor: type });
  const authenticator = usable(engine, presence.enrollment, type, presence.device).find(
    ({ id }) => id === (wanted.authenticator ?? id),
  );
  if (!authenticator) return whyNone(presence, factor);
  return { status: 'asked', factor, authenticator };
}

function whyNone({ enrollment, user }: Presence, factor: Factor): Refusal {
  const { type, traits } = factor;
  if (!traits.channel || enrollment.authenticators.some((a) => a.type === type))
    return refused('no-authenticator', { factor: type });
  if (factor.vouched(user) !== undefined) return undeliverable(NOT_REACHED, type);
  const destination = traits.channel === 'email' ? user.email : user.phone;
  // A host may say "none" as null or as an empty text, too.
  return refused(destination ? 'not-verified' : 'no-destination', { factor: type });
}

const NOT_REACHED = {
  status: 'unacceptable',
  message: 'No codes are sent to what the account has for this factor.',
} as const;
