import { factsOf, withVouched } from './enrollment.ts';
import type { Caller, Engine } from './engine.ts';
import type { Failures } from './ports.ts';
import { contended, ROUNDS } from './presence.ts';
import type { Presence } from './presence.ts';
import { replaced } from './change.ts';
import { report } from './report.ts';
import type { Challenge } from './vocabulary.ts';

/**
 * At the hard cap of consecutive failures the authenticator is disabled until it is enrolled anew
 * (NIST SP 800-63B-4 section 3.2.2). It stays held, so MFA stays armed; other factors stay open.
 */
export async function disableAtCap(
  engine: Engine,
  caller: Caller,
  { user }: Presence,
  challenge: Challenge,
  failures: Failures | undefined,
): Promise<void> {
  if (!failures || failures.count < engine.settings.hardCap) return;
  for (let round = 0; round < ROUNDS; round++) {
    const stored = await engine.store.enrollment(user.id);
    const enrollment = withVouched(stored, user, { ...engine, now: engine.now() });
    const authenticator = enrollment.authenticators.find(
      ({ id, state }) => id === challenge.authenticator && state === 'active',
    );
    if (!authenticator) return;
    const authenticators = replaced(enrollment.authenticators, {
      ...authenticator,
      state: 'disabled',
    });
    const next = { ...enrollment, authenticators, version: enrollment.version + 1 };
    if ((await engine.store.save({ next, facts: factsOf(next, engine.factors) })) !== 'saved')
      continue;
    report(engine, caller, 'authenticator_disabled', challenge, {
      reason: `after ${failures.count} failures`,
    });
    return;
  }
  throw contended();
}
