import { changeEnrollment, replaced } from '../change.ts';
import { secretBinding } from '../enrollment.ts';
import { factorContext } from '../engine.ts';
import type { Caller, Engine } from '../engine.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { enter } from '../presence.ts';
import { report } from '../report.ts';
import { tellOwner } from '../tell-owner.ts';
import { openSecret } from '../usable.ts';
import type { FactorType } from '../vocabulary.ts';

/** How many of a user's recovery codes are left. The codes themselves were shown once and are gone. */
export async function remainingCodes(
  engine: Engine,
  caller: Caller,
  factor: FactorType,
): Promise<Outcome<number>> {
  const presence = await enter(engine, caller, 'complete', 'change');
  if (presence.status === 'refused') return presence;
  const held = presence.enrollment.authenticators.find(({ type }) => type === factor);
  const plain = held && openSecret(engine, presence.user.id, held);
  if (plain === undefined) return refused('no-authenticator', { factor });
  return done(engine.factors.get(factor)?.describe(plain).remaining ?? 0);
}

/** Replaces what a user holds of a factor that is bound without a challenge; the old secret is void at once. */
export async function replaceCodes(
  engine: Engine,
  caller: Caller,
  type: FactorType,
): Promise<Outcome<Readonly<Record<string, unknown>>>> {
  return changeEnrollment(engine, caller, 'change', async ({ enrollment, record, user }) => {
    const factor = engine.factors.get(type);
    const held = enrollment.authenticators.find((authenticator) => authenticator.type === type);
    if (!factor || !held) return refused('no-authenticator', { factor: type });
    const about = {
      challenge: '',
      authenticator: held.id,
      factor: type,
      purpose: 'enroll',
      session: record.id,
    } as const;
    const draft = await factor.enroll(factorContext(engine, { ...about, user }), undefined);
    if (draft.status !== 'bound') return refused('unsupported', { factor: type });
    const secret = engine.keyring.seal(draft.secret, secretBinding(enrollment.userId, held));
    return {
      enrollment: {
        mfa: enrollment.mfa,
        authenticators: replaced(enrollment.authenticators, {
          ...held,
          secret,
          state: 'active',
          createdAt: engine.now(),
          madeIn: record.id,
        }),
      },
      value: () => {
        const about = { userId: user.id, session: record.id, factor: type, authenticator: held.id };
        report(engine, caller, 'recovery_codes_replaced', about);
        const news = { type: 'recovery_codes_replaced', factor: type } as const;
        tellOwner(engine, user, news, [enrollment]);
        return draft.reveal ?? {};
      },
    };
  });
}
