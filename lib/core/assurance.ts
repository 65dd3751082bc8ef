import type { Factor } from './factor.ts';
import { challengedAt, counted, secondFactors } from './policy.ts';
import type { Facts, FactorType, SessionRecord } from './vocabulary.ts';

/** What a session's completed factors are worth; derived, never stored. */
export interface Assurance {
  /** Types of the completed factors that still count, in the order in which they were completed. */
  readonly factors: readonly FactorType[];
  /** Authentication method references (RFC 8176 section 2). */
  readonly amr: readonly string[];
  /** Authenticator assurance level that the mix of factors can reach (NIST SP 800-63B-4 section 2). */
  readonly aal: 1 | 2;
  /** Epoch milliseconds of the latest challenge that was passed; 0 for none. */
  readonly challengedAt: number;
}

/** The one factor that is known and not held. */
export const PASSWORD: FactorType = 'password';

const FIRST_FACTOR_AMR: ReadonlyMap<FactorType, readonly string[]> = new Map([[PASSWORD, ['pwd']]]);

/**
 * Derives the assurance. A factor that was merely switched on proved nothing and adds nothing to
 * `amr` or `aal`. Level 2 takes something known and something held (NIST SP 800-63B-4 section
 * 2.2.1): an app after a link by mail, or after whatever else the host calls a login, is one of two.
 */
export function assuranceOf(
  record: SessionRecord,
  facts: Facts,
  factors: ReadonlyMap<FactorType, Factor>,
): Assurance {
  const completed = counted(record, facts);
  const proved = completed.filter((c) => c.by !== 'switch');
  const second = secondFactors(record, facts).filter((c) => c.by !== 'switch');
  const parts = proved.flatMap(
    (c) => factors.get(c.factor)?.traits.amr ?? FIRST_FACTOR_AMR.get(c.factor) ?? [],
  );
  const isKnown = proved.some((c) => c.factor === PASSWORD);
  const isHeld = second.some((c) => factors.get(c.factor)?.traits.aal2);
  return {
    factors: [...new Set(completed.map((c) => c.factor))],
    amr: [...new Set(second.length > 0 ? [...parts, 'mfa'] : parts)],
    aal: isKnown && isHeld ? 2 : 1,
    challengedAt: challengedAt(record),
  };
}
