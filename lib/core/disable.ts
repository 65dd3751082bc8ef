import { isCapped } from './lockout.ts';
import { factsOf, withVouched } from './enrollment.ts';
import type { Caller, Engine } from './engine.ts';
import type { Loaded } from './ports.ts';
import { contended, ROUNDS } from './presence.ts';
import type { Presence } from './presence.ts';
import { report } from './report.ts';
import { tellOwner } from './tell-owner.ts';
import { isOpenTo } from './usable.ts';
import type { Authenticator, Challenge, Enrollment } from './vocabulary.ts';

/**
 * At the hard cap of consecutive failures, of the factor or of all of the account's together, a
 * factor is disabled with all its authenticators until it is enrolled anew (NIST SP 800-63B-4
 * section 3.2.2); what strangers brought about suspends it only: a known device can still prove it,
 * or anyone who holds a password could keep its owner out. They stay held, so MFA stays armed;
 * other factors stay open. Answers whether a cap is reached.
 */
export async function disableAtCap(
  engine: Engine,
  caller: Caller,
  { user }: Presence,
  challenge: Challenge,
  failures: Loaded['failures'],
): Promise<boolean> {
  const { counters, device } = challenge;
  if (!isCapped(failures, counters, engine.settings)) return false;
  const state = device === 'known' ? 'disabled' : 'suspended';
  for (let round = 0; round < ROUNDS; round++) {
    const stored = await engine.store.enrollment(user.id);
    const enrollment = await withVouched(stored, user, { ...engine, now: engine.now() });
    // They share the count, so none of them can be answered any more: none may look as if it could.
    const spent = enrollment.authenticators.filter(
      (authenticator) => authenticator.type === challenge.factor && isOpenTo(device, authenticator),
    );
    if (spent.length === 0) return true;
    const authenticators = enrollment.authenticators.map((authenticator): Authenticator =>
      spent.includes(authenticator) ? { ...authenticator, state } : authenticator,
    );
    const next: Enrollment = { ...enrollment, authenticators, version: enrollment.version + 1 };
    const facts = factsOf(next, engine.factors);
    if ((await engine.store.save({ next, facts })) !== 'saved') continue;
    const type = `authenticator_${state}` as const;
    const reason = `after ${failures[counters[0]]?.count ?? 0} failures`;
    for (const { id: authenticator } of spent)
      report(engine, caller, type, { ...challenge, authenticator }, { reason });
    tellOwner(engine, user, { type, factor: challenge.factor }, [enrollment]);
    // What is bound from now on begins with a count and a wait of its own.
    const succeeded = { ...challenge, counters: [counters[0]] } as const;
    await engine.store.remember({ userId: user.id, facts, succeeded });
    return true;
  }
  throw contended();
}
