import type { Engine } from './engine.ts';
import { openSecret } from './usable.ts';
import type { Enrollment, FactorType, User } from './vocabulary.ts';

/** The factors whose destination in the user's account is proved: to the host, or to us by enrolling it. */
export function confirmedTypes(
  engine: Engine,
  enrollment: Enrollment,
  user: User,
): ReadonlySet<FactorType> {
  const claimed: User = { ...user, emailVerified: true, phoneVerified: true };
  const types = [...engine.factors.values()].filter((factor) => {
    if (factor.vouched(user) !== undefined) return true;
    const secret = JSON.stringify(factor.vouched(claimed));
    return (
      secret !== undefined &&
      enrollment.authenticators.some(
        (a) =>
          a.type === factor.type &&
          a.state === 'active' &&
          JSON.stringify(openSecret(engine, user.id, a)) === secret,
      )
    );
  });
  return new Set(types.map(({ type }) => type));
}
