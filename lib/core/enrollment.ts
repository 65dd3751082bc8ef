import type { Engine } from './engine.ts';
import type { Factor } from './factor.ts';
import { isReached } from './is-reached.ts';
import type { Binding } from './keyring.ts';
import { isServed } from './offered.ts';
import { wouldAskForOpener } from './policy.ts';
import { recovers } from './recovers.ts';
import type { Authenticator, Enrollment, Facts, FactorType, User } from './vocabulary.ts';

/** What a user has who never bound anything. */
export function emptyEnrollment(userId: string): Enrollment {
  return { userId, version: 0, mfa: false, authenticators: [], endedBefore: 0 };
}

/** What a secret at rest is bound to: it opens for this user and authenticator only. */
export function secretBinding(
  userId: string,
  authenticator: Pick<Authenticator, 'id' | 'type'>,
): Binding {
  return ['authenticator', userId, authenticator.type, authenticator.id];
}

/** The facts that follow from an enrollment. Disabled and lapsed authenticators are still held: losing one is no way to disarm. */
export function factsOf(enrollment: Enrollment, factors: ReadonlyMap<FactorType, Factor>): Facts {
  return {
    version: enrollment.version,
    mfa: enrollment.mfa,
    endedBefore: enrollment.endedBefore,
    held: enrollment.authenticators.map(({ id, type }) => ({
      id,
      type,
      counts: !recovers(factors, type),
    })),
  };
}

/**
 * The enrollment with what the host vouches for: a verified address counts without being
 * enrolled; one that the host no longer vouches for is held but cannot be used any more. What opened
 * the session at hand never is the first that MFA asks for: it could not be its second step.
 * Answers the same object when nothing changes.
 */
export async function withVouched(
  enrollment: Enrollment,
  user: User,
  {
    factors,
    keyring,
    senders,
    now,
    opened = [],
  }: Pick<Engine, 'factors' | 'keyring' | 'senders'> & {
    readonly now: number;
    readonly opened?: readonly FactorType[] | undefined;
  },
): Promise<Enrollment> {
  let next = enrollment;
  for (const factor of factors.values()) {
    if (!isServed({ senders }, factor)) continue;
    const secret = await reachable(factor, user);
    const same = (authenticator: Authenticator): boolean =>
      secret !== undefined &&
      authenticator.type === factor.type &&
      JSON.stringify(
        keyring.open(authenticator.secret, secretBinding(enrollment.userId, authenticator)),
      ) === JSON.stringify(secret);
    const lapse = (authenticator: Authenticator): Authenticator => {
      const ours = authenticator.type === factor.type && authenticator.origin === 'vouched';
      if (!ours || authenticator.state === 'disabled') return authenticator;
      const isSuspended = authenticator.state === 'suspended';
      // Vouching for it again must not undo what strangers brought about.
      const [still, lost] = isSuspended
        ? (['suspended', 'disabled'] as const)
        : (['active', 'lapsed'] as const);
      const state = same(authenticator) ? still : lost;
      return state === authenticator.state ? authenticator : { ...authenticator, state };
    };
    const { authenticators } = next;
    const kept = authenticators.map(lapse);
    if (kept.some((one, i) => one !== authenticators[i])) next = { ...next, authenticators: kept };
    const isTaken =
      secret !== undefined &&
      !kept.some(same) &&
      !wouldAskForOpener(factsOf(next, factors), opened, factor.type);
    if (isTaken) {
      // The same address has the same id before it is first saved, so a challenge for it can be answered.
      const digest = keyring.digest(JSON.stringify(secret), [
        'vouched',
        enrollment.userId,
        factor.type,
      ]);
      const id = digest.slice(digest.indexOf('.') + 1).slice(0, 22);
      const sealed = keyring.seal(
        secret,
        secretBinding(enrollment.userId, { id, type: factor.type }),
      );
      const name = factor.describe(secret).hint ?? factor.type;
      // A vouched address that was replaced is gone; the new one takes its place.
      const others = kept.filter(
        (a) => !(a.type === factor.type && a.origin === 'vouched' && a.state === 'lapsed'),
      );
      const vouched: Authenticator = {
        id,
        type: factor.type,
        name,
        secret: sealed,
        origin: 'vouched',
        state: 'active',
        createdAt: now,
      };
      next = { ...next, authenticators: [...others, vouched] };
    }
  }
  return next;
}

/**
 * What the host vouches for, if a code reaches it: a number of a country that gets none must not arm
 * MFA, or one request with the password would shut its owner out (THR-7).
 */
async function reachable(factor: Factor, user: User): Promise<unknown> {
  const secret = factor.vouched(user);
  return secret !== undefined && (await isReached(factor, secret)) ? secret : undefined;
}
