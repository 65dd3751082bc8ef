import { changeOf, movedPointer } from '../change.ts';
import { secretBinding } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { judge } from '../judge.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { formatPointer } from '../pointer.ts';
import { contended, enter, ROUNDS } from '../presence.ts';
import { report } from '../report.ts';
import type { Authenticator, FactorType } from '../vocabulary.ts';
import type { Proved } from './answer-challenge.ts';
import { conflictOf, draftBinding, withAdded } from './enroll.ts';

/** Confirms what this session began to enroll: the authenticator is bound, and proved for this session. */
export async function confirmEnrollment(
  engine: Engine,
  caller: Caller,
  wanted: { readonly factor: FactorType; readonly answer: unknown },
): Promise<Outcome<Proved>> {
  for (let round = 0; round < ROUNDS; round++) {
    // Judged again after a race: whoever lost the race to a first authenticator must prove that one (attack A20).
    const presence = await enter(engine, caller, 'complete', 'add');
    if (presence.status === 'refused') return presence;
    const { enrollment } = presence;
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
        };
        return changeOf(engine, presence, {
          enrollment: {
            mfa: enrollment.mfa,
            authenticators: withAdded(enrollment.authenticators, added, factor),
          },
          completed: [{ factor: factor.type, authenticator: added.id, by: 'enrollment', at: now }],
        });
      },
    );
    if (settled.status === 'stale') continue;
    if (settled.status === 'refused') return settled.refusal;
    const { session, facts } = settled.change;
    report(engine, caller, 'authenticator_added', challenge);
    return done(
      { record: session.record, facts },
      formatPointer(movedPointer(presence.pointer, session)),
    );
  }
  throw contended();
}
