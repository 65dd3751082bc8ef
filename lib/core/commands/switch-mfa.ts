import { changeEnrollment } from '../change.ts';
import type { Caller, Engine } from '../engine.ts';
import type { Outcome } from '../outcome.ts';
import { factsOf } from '../enrollment.ts';
import { report } from '../report.ts';
import type { Completed } from '../vocabulary.ts';
import type { Account } from './account.ts';

/**
 * Sets the user's MFA switch. The session that switches it on goes on (as Appwrite's does): the
 * factors held then are noted as switched on, which proves nothing and opens no change. Every
 * other session is pending at once. Switching off asks for a fresh challenge.
 */
export async function switchMfa(
  engine: Engine,
  caller: Caller,
  on: boolean,
): Promise<Outcome<Account>> {
  return changeEnrollment(
    engine,
    caller,
    on ? 'read' : 'change',
    ({ enrollment, facts, record, user }) => {
      const at = engine.now();
      const switched = on && !enrollment.mfa;
      const completed: readonly Completed[] = switched
        ? facts.held
            .filter((held) => held.counts)
            .map(({ id, type }) => ({ factor: type, authenticator: id, by: 'switch', at }))
        : [];
      return {
        enrollment: { mfa: on, authenticators: enrollment.authenticators },
        completed,
        value: (next, moved) => {
          if (on !== enrollment.mfa) {
            report(engine, caller, on ? 'mfa_switched_on' : 'mfa_switched_off', {
              userId: user.id,
              session: record.id,
            });
          }
          return { user, enrollment: next, facts: factsOf(next, engine.factors), record: moved };
        },
      };
    },
  );
}
