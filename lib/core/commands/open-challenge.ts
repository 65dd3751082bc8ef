import { deliver } from '../deliver.ts';
import { factorContext } from '../engine.ts';
import type { Caller, Engine } from '../engine.ts';
import type { Factor } from '../factor.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome, Refusal } from '../outcome.ts';
import { firstFactors } from '../policy.ts';
import type { Opened } from '../ports.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
import { report } from '../report.ts';
import { undeliverable } from '../undeliverable.ts';
import { usable } from '../usable.ts';
import type { Challenge, FactorType } from '../vocabulary.ts';

/** Creates a challenge for a factor, or for one authenticator of it, and sends what has to be sent. */
export async function openChallenge(
  engine: Engine,
  caller: Caller,
  wanted: { readonly factor: FactorType; readonly authenticator?: string | undefined },
): Promise<Outcome<Challenge>> {
  const presence = await enter(engine, caller, 'pending');
  if (presence.status === 'refused') return presence;
  const factor = engine.factors.get(wanted.factor);
  if (!factor) return refused('unknown-factor');
  const { type, traits } = factor;
  if (traits.channel && !engine.senders[traits.channel])
    return refused('no-channel', { factor: type });
  // Whoever reads the mailbox that signed in would pass its own second step (NIST SP 800-63B-4 section 2.2.1).
  if (firstFactors(presence.record).includes(type))
    return refused('same-as-first', { factor: type });
  const authenticator = usable(engine, presence.enrollment, type).find(
    ({ id }) => id === (wanted.authenticator ?? id),
  );
  if (!authenticator) return refused(whyNone(presence, factor), { factor: type });

  const now = engine.now();
  const id = engine.random.token(32);
  const binding = {
    challenge: id,
    authenticator: authenticator.id,
    factor: type,
    purpose: 'prove',
    session: presence.record.id,
  } as const;
  const prepared = await factor.challenge(
    factorContext(engine, { ...binding, user: presence.user }),
    authenticator.plain,
  );
  if ('message' in prepared) return undeliverable(prepared, type);
  const challenge: Challenge = {
    id,
    userId: presence.user.id,
    session: presence.record.id,
    purpose: 'prove',
    factor: type,
    authenticator: authenticator.id,
    createdAt: now,
    expiresAt: now + traits.ttlMs,
    tries: traits.tries,
    ...(prepared.expects === undefined ? {} : { expects: prepared.expects }),
  };
  const refusal = await place(engine, caller, presence, challenge, prepared.deliver !== undefined);
  if (refusal) return refusal;
  const failed = prepared.deliver && (await deliver(engine, caller, challenge, prepared.deliver));
  return failed ?? done(challenge);
}

/** Puts a challenge in its slot; a refusal when its factor is locked or a message went out just now. */
export async function place(
  engine: Engine,
  caller: Caller,
  presence: Presence,
  challenge: Challenge,
  sends: boolean,
): Promise<Refusal | undefined> {
  const opened = await engine.store.open({
    challenge,
    secret: presence.record.secret,
    now: challenge.createdAt,
    ...(sends ? { coolDownMs: engine.settings.coolDownMs } : {}),
  });
  if (opened.status === 'opened') {
    report(engine, caller, 'challenge_created', challenge, { reason: challenge.purpose });
    return undefined;
  }
  report(engine, caller, 'challenge_refused', challenge, { reason: opened.status });
  return notOpened(opened, challenge.factor);
}

function notOpened(opened: Exclude<Opened, { status: 'opened' }>, factor: FactorType): Refusal {
  switch (opened.status) {
    case 'locked':
    case 'cooling':
      return refused(opened.status, { factor, retryAt: opened.until });
    case 'ended':
      return refused('first-factor');
  }
}

function whyNone(
  { enrollment, user }: Presence,
  factor: Factor,
): 'no-authenticator' | 'no-destination' | 'not-verified' {
  const { channel } = factor.traits;
  if (!channel || enrollment.authenticators.some((a) => a.type === factor.type))
    return 'no-authenticator';
  const destination = channel === 'email' ? user.email : user.phone;
  // A host may say "none" as null or as an empty text, too.
  return destination ? 'not-verified' : 'no-destination';
}
