import { changeEnrollment } from '../change.ts';
import { secretBinding } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import type { Draft, Factor } from '../factor.ts';
import { issue } from '../issue.ts';
import { newChallenge } from '../new-challenge.ts';
import { isServed } from '../offered.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome, Refusal } from '../outcome.ts';
import { firstFactors, wouldAskForOpener } from '../policy.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
import { report } from '../report.ts';
import { tellOwner } from '../tell-owner.ts';
import { undeliverable } from '../undeliverable.ts';
import { isOpenTo, openSecret } from '../usable.ts';
import type { Authenticator, Challenge, FactorType } from '../vocabulary.ts';

/** What a client sends to enroll: the factor, a name if it likes, and what the factor itself asks for. */
export interface Enrolling {
  readonly factor: FactorType;
  readonly name?: string | undefined;
  readonly input: unknown;
}

/** What its owner sees of it, now and never again; `challenge` is to be answered unless it is bound already. */
export interface Enrolled {
  readonly reveal: Readonly<Record<string, unknown>>;
  readonly challenge?: Challenge;
}

/** Begins to enroll an authenticator. It counts only once an answer has shown that its owner holds it. */
export async function enroll(
  engine: Engine,
  caller: Caller,
  wanted: Enrolling,
): Promise<Outcome<Enrolled>> {
  const presence = await enter(engine, caller, 'complete', 'add');
  if (presence.status === 'refused') return presence;
  const factor = engine.factors.get(wanted.factor);
  if (!factor) return refused('unknown-factor');
  const { type } = factor;
  if (!isServed(engine, factor)) return refused('no-channel', { factor: type });
  const input = factor.input(wanted.input);
  if (!input.ok) return refused('malformed', { message: input.message });

  const authenticator = engine.random.token(16);
  const making = newChallenge(engine, presence, factor, { purpose: 'enroll', authenticator });
  const draft = await factor.enroll(making.context, input.value);
  if ('message' in draft) return undeliverable(draft, type);
  const name = wanted.name ?? factor.describe(draft.secret).hint ?? type;
  const conflict = conflictOf(engine, presence, factor, name, draft.secret);
  if (conflict) return conflict;
  if (draft.status === 'bound') return bind(engine, caller, factor, name, authenticator, draft);

  const sealed = engine.keyring.seal(draft.secret, draftBinding(presence.user.id, making.id));
  const challenge = making.from(draft, { name, draft: sealed });
  const refusal = await issue(engine, caller, presence, challenge, draft.deliver);
  return refusal ?? done({ reveal: draft.reveal ?? {}, challenge });
}

/** A draft opens for the challenge that it was made for, and for no authenticator at rest. */
export function draftBinding(userId: string, challengeId: string): readonly string[] {
  return ['draft', userId, challengeId];
}

/**
 * Why one more authenticator is not taken: it is there already (same secret, vouched for or not,
 * or unnamed beside one of its kind), or there are as many as a user may hold. What cannot be used
 * makes room. Nor is what opened this session taken as the first that MFA, which is on, asks for.
 */
export function conflictOf(
  engine: Engine,
  presence: Presence,
  factor: Factor,
  name: string,
  secret: unknown,
): Refusal | undefined {
  const { facts, record } = presence;
  if (wouldAskForOpener(facts, firstFactors(record), factor.type))
    return refused('same-as-first', { factor: factor.type });
  const same = presence.enrollment.authenticators
    .filter((a) => a.type === factor.type && a.state === 'active')
    .map((a) => ({ ...a, plain: openSecret(engine, presence.user.id, a) }))
    .filter(({ plain }) => plain !== undefined && factor.describe(plain).remaining !== 0);
  const hasDestination = factor.describe(secret).hint !== undefined;
  const twin = same.some(
    (a) =>
      JSON.stringify(a.plain) === JSON.stringify(secret) || (!hasDestination && a.name === name),
  );
  if (twin) return refused('authenticator-exists', { factor: factor.type });
  const enrolled = same.filter(({ origin }) => origin === 'enrolled');
  return enrolled.length >= factor.traits.max
    ? refused(factor.traits.max === 1 ? 'authenticator-exists' : 'too-many', {
        factor: factor.type,
      })
    : undefined;
}

/** The list with a new authenticator: those of its kind that nobody can use any more make room for it. */
export function withAdded(
  authenticators: readonly Authenticator[],
  added: Authenticator,
  factor: Factor,
): readonly Authenticator[] {
  const stays = (a: Authenticator): boolean =>
    a.type !== added.type || (isOpenTo('known', a) && factor.traits.max > 1);
  return [...authenticators.filter(stays), added];
}

function bind(
  engine: Engine,
  caller: Caller,
  factor: Factor,
  name: string,
  id: string,
  draft: Draft<unknown>,
): Promise<Outcome<Enrolled>> {
  return changeEnrollment(engine, caller, 'add', (presence) => {
    const conflict = conflictOf(engine, presence, factor, name, draft.secret);
    if (conflict) return conflict;
    const { enrollment, user, record } = presence;
    const secret = engine.keyring.seal(
      draft.secret,
      secretBinding(enrollment.userId, { id, type: factor.type }),
    );
    const added: Authenticator = {
      id,
      type: factor.type,
      name,
      secret,
      origin: 'enrolled',
      state: 'active',
      createdAt: engine.now(),
      madeIn: record.id,
    };
    return {
      enrollment: {
        mfa: enrollment.mfa,
        authenticators: withAdded(enrollment.authenticators, added, factor),
      },
      value: (next) => {
        report(engine, caller, 'authenticator_added', {
          userId: user.id,
          session: record.id,
          factor: factor.type,
          authenticator: id,
        });
        const recovers = factor.traits.role === 'recovery';
        const type = recovers ? 'recovery_codes_made' : 'authenticator_added';
        tellOwner(engine, user, { type, factor: factor.type }, [enrollment, next]);
        return { reveal: draft.reveal ?? {} };
      },
    };
  });
}
