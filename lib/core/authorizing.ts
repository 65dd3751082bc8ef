import type { Engine } from './engine.ts';
import { isReached } from './is-reached.ts';
import { offered } from './offered.ts';
import { recovers } from './recovers.ts';
import { openSecret } from './usable.ts';
import type { Authenticator, Enrollment, Facts, SessionRecord } from './vocabulary.ts';

/**
 * The facts with only what may allow a change of them: as long as this session can prove what makes
 * level 2, that or a recovery code (NIST SP 800-63B-4 section 4.1.2.1). Or whoever reads the owner's mail
 * beside the password takes the app away, or binds another and passes for level 2.
 */
export async function authorizing(
  engine: Engine,
  record: SessionRecord,
  enrollment: Enrollment,
  facts: Facts,
): Promise<Facts> {
  const strong = new Map(
    offered(engine, record).flatMap((factor) =>
      factor.traits.aal2 ? [[factor.type, factor] as const] : [],
    ),
  );
  // What was guessed at too often is still there: nobody must make mail enough by guessing.
  const isThere = async (one: Authenticator): Promise<boolean> => {
    const factor = strong.get(one.type);
    const plain =
      factor && one.state !== 'lapsed' ? openSecret(engine, enrollment.userId, one) : undefined;
    return factor !== undefined && plain !== undefined && isReached(factor, plain);
  };
  if (!(await Promise.all(enrollment.authenticators.map(isThere))).includes(true)) return facts;
  return {
    ...facts,
    held: facts.held.filter(({ type }) => strong.has(type) || recovers(engine.factors, type)),
  };
}
