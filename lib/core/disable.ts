import { factsOf, withVouched } from './enrollment.ts';
import type { Caller, Engine } from './engine.ts';
import type { Failures } from './ports.ts';
import { contended, ROUNDS } from './presence.ts';
import type { Presence } from './presence.ts';
import { report } from './report.ts';
import { tellOwner } from './tell-owner.ts';
import type { Challenge } from './vocabulary.ts';

/**
 * At the hard cap of consecutive failures a factor is disabled, with all its authenticators, until
 * it is enrolled anew (NIST SP 800-63B-4 section 3.2.2). They stay held, so MFA stays armed; other
 * factors stay open. Answers whether the cap is reached.
 */
export async function disableAtCap(
  engine: Engine,
  caller: Caller,
  { user }: Presence,
  challenge: Challenge,
  failures: Failures | undefined,
): Promise<boolean> {
  if (!failures || failures.count < engine.settings.hardCap) return false;
  for (let round = 0; round < ROUNDS; round++) {
    const stored = await engine.store.enrollment(user.id);
    const enrollment = withVouched(stored, user, { ...engine, now: engine.now() });
    // They share the count, so none of them can be answered any more: none may look as if it could.
    const spent = enrollment.authenticators.filter(
      ({ type, state }) => type === challenge.factor && state === 'active',
    );
    if (spent.length === 0) return true;
    const authenticators = enrollment.authenticators.map((authenticator) =>
      spent.includes(authenticator)
        ? { ...authenticator, state: 'disabled' as const }
        : authenticator,
    );
    const next = { ...enrollment, authenticators, version: enrollment.version + 1 };
    const facts = factsOf(next, engine.factors);
    if ((await engine.store.save({ next, facts })) !== 'saved') continue;
    // What is bound from now on begins with a count and a wait of its own.
    await engine.store.remember({ userId: user.id, facts, succeeded: challenge });
    for (const { id: authenticator } of spent) {
      const about = { ...challenge, authenticator };
      const reason = `after ${failures.count} failures`;
      report(engine, caller, 'authenticator_disabled', about, { reason });
    }
    const news = { type: 'authenticator_disabled', factor: challenge.factor } as const;
    tellOwner(engine, user, news, [enrollment]);
    return true;
  }
  throw contended();
}
