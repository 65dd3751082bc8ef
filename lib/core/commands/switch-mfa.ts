import { changeEnrollment } from '../change.ts';
import type { Caller, Engine } from '../engine.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { factsOf } from '../enrollment.ts';
import { hasEnrolled, staying, tellDropped } from '../first-binding.ts';
import { report } from '../report.ts';
import { shutsOut } from '../shuts-out.ts';
import { tellOwner } from '../tell-owner.ts';
import type { Completed } from '../vocabulary.ts';
import type { Account } from './account.ts';

/**
 * Sets the user's MFA switch. Every session that lacks a factor is pending at once. Only what the
 * host vouches for is noted as switched on for the session that did it (as Appwrite does), so that
 * a user with a verified mailbox is not thrown out; it proves nothing and opens no change. Where
 * something was enrolled, it must have been proved: a stolen password cannot switch MFA on ahead of
 * its owner and stay (attack A21). Switching off asks for a fresh challenge.
 */
export async function switchMfa(
  engine: Engine,
  caller: Caller,
  on: boolean,
): Promise<Outcome<Account>> {
  return changeEnrollment(engine, caller, on ? 'read' : 'change', async (presence) => {
    const { enrollment, record, user } = presence;
    const at = engine.now();
    const vouched = enrollment.authenticators.filter(
      ({ origin, state }) => origin === 'vouched' && state === 'active',
    );
    const arms = on && !enrollment.mfa && vouched.length > 0;
    const stays = arms ? staying(engine, presence) : { authenticators: enrollment.authenticators };
    const wanted = { mfa: on, ...stays };
    if (!enrollment.mfa && (await shutsOut(engine, presence, wanted))) return refused('enrollment');
    const completed: readonly Completed[] =
      arms && !hasEnrolled(engine, enrollment, record)
        ? vouched.map(({ id, type }) => ({ factor: type, authenticator: id, by: 'switch', at }))
        : [];
    return {
      enrollment: wanted,
      completed,
      value: (next, moved) => {
        if (on !== enrollment.mfa) {
          const type = on ? 'mfa_switched_on' : 'mfa_switched_off';
          report(engine, caller, type, { userId: user.id, session: record.id });
          tellOwner(engine, user, { type }, [enrollment]);
        }
        tellDropped(engine, caller, presence, stays.authenticators);
        return { user, enrollment: next, facts: factsOf(next, engine.factors), record: moved };
      },
    };
  });
}
