import { changed, changeOf } from '../change.ts';
import { secretBinding } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { staying, tellDropped } from '../first-binding.ts';
import { judge } from '../judge.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { contended, enter, ROUNDS } from '../presence.ts';
import { report } from '../report.ts';
import { tellOwner } from '../tell-owner.ts';
import type { Authenticator, FactorType } from '../vocabulary.ts';
import { withinFailures } from '../within-failures.ts';
import type { Admit } from '../within-failures.ts';
import type { Account } from './account.ts';
import { conflictOf, draftBinding, withAdded } from './enroll.ts';

interface Confirming {
  readonly factor: FactorType;
  readonly answer: unknown;
  /** Whom the client takes itself for, if it says so: it must be right, and is never the subject. */
  readonly userId?: string;
}

/** Confirms what this session began to enroll: the authenticator is bound, and proved for this session. */
export function confirmEnrollment(
  engine: Engine,
  caller: Caller,
  wanted: Confirming,
): Promise<Outcome<Account>> {
  return withinFailures(engine, caller, (admit) => confirmed(engine, caller, wanted, admit));
}

async function confirmed(
  engine: Engine,
  caller: Caller,
  wanted: Confirming,
  admit: Admit,
): Promise<Outcome<Account>> {
  for (let round = 0; round < ROUNDS; round++) {
    // Judged again after a race: whoever lost the race to a first authenticator must prove that one (attack A20).
    const presence = await enter(engine, caller, 'complete', 'add');
    if (presence.status === 'refused') return presence;
    const { enrollment } = presence;
    if (wanted.userId !== undefined && wanted.userId !== presence.user.id)
      return refused('no-user');
    const factor = engine.factors.get(wanted.factor);
    if (!factor) return refused('unknown-factor');
    const challenge = presence.challenges.find(
      (c) => c.purpose === 'enroll' && c.factor === factor.type,
    );
    const { userId } = enrollment;
    const plain =
      challenge?.draft === undefined
        ? undefined
        : engine.keyring.open(challenge.draft, draftBinding(userId, challenge.id));
    if (!challenge || plain === undefined) {
      const held = enrollment.authenticators.some(
        (a) => a.type === factor.type && a.state === 'active',
      );
      return refused(held ? 'authenticator-exists' : 'no-authenticator', { factor: factor.type });
    }
    const conflict = conflictOf(engine, presence, factor, challenge.name ?? factor.type, plain);
    if (conflict) return conflict;
    const barred = await admit(presence.device);
    if (barred) return barred;
    const stays = staying(engine, presence);

    const settled = await judge(
      engine,
      caller,
      presence,
      challenge,
      plain,
      wanted.answer,
      (next, now) => {
        const added: Authenticator = {
          id: challenge.authenticator,
          type: factor.type,
          name: challenge.name ?? factor.type,
          secret: engine.keyring.seal(
            next ?? plain,
            secretBinding(userId, { id: challenge.authenticator, type: factor.type }),
          ),
          origin: 'enrolled',
          state: 'active',
          createdAt: now,
          usedAt: now,
          madeIn: presence.record.id,
        };
        return changeOf(engine, presence, {
          enrollment: {
            mfa: enrollment.mfa,
            ...stays,
            authenticators: withAdded(stays.authenticators, added, factor),
          },
          completed: [{ factor: factor.type, authenticator: added.id, by: 'enrollment', at: now }],
        });
      },
    );
    if (settled.status === 'stale') continue;
    if (settled.status === 'refused') return settled.refusal;
    report(engine, caller, 'authenticator_added', challenge);
    tellOwner(engine, presence.user, { type: 'authenticator_added', factor: factor.type }, [
      enrollment,
      settled.change.next,
    ]);
    tellDropped(engine, caller, presence, settled.change.next.authenticators);
    return changed(engine, presence, settled);
  }
  throw contended();
}
