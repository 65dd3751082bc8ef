import { changed, changeOf, replaced } from '../change.ts';
import { disableAtCap } from '../disable.ts';
import { endedBeforeNow } from '../ending.ts';
import { secretBinding } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { judge } from '../judge.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { contended, enter, ROUNDS } from '../presence.ts';

import { afterRecovery, completesByRecovery } from '../recovery.ts';
import { openSecret } from '../usable.ts';
import type { Account } from './account.ts';

/** Answers a challenge of this session. Whatever is wrong with it, the refusal is the same word. */
export async function answerChallenge(
  engine: Engine,
  caller: Caller,
  { challengeId, answer }: { readonly challengeId: string; readonly answer: unknown },
): Promise<Outcome<Account>> {
  for (let round = 0; round < ROUNDS; round++) {
    const presence = await enter(engine, caller, 'pending');
    if (presence.status === 'refused') return presence;
    const { enrollment } = presence;
    const challenge = presence.challenges.find(
      ({ id, purpose }) => id === challengeId && purpose === 'prove',
    );
    const authenticator = enrollment.authenticators.find(
      ({ id, state }) => id === challenge?.authenticator && state === 'active',
    );
    const plain = authenticator && openSecret(engine, enrollment.userId, authenticator);
    if (!challenge || !authenticator || plain === undefined) return refused('invalid');
    // A factor at the cap is disabled already, but for a crash just then.
    const failures = presence.failures[challenge.factor];
    if (await disableAtCap(engine, caller, presence, challenge, failures))
      return refused('invalid');

    const settled = await judge(engine, caller, presence, challenge, plain, answer, (next, now) =>
      changeOf(engine, presence, {
        enrollment: {
          mfa: enrollment.mfa,
          // Whoever had to recover may not be the only one who is signed in (ASVS 7.4.3).
          ...(completesByRecovery(engine, presence, challenge)
            ? { endedBefore: endedBeforeNow(enrollment, now) }
            : {}),
          authenticators: replaced(enrollment.authenticators, {
            ...authenticator,
            usedAt: now,
            ...(next === undefined
              ? {}
              : {
                  secret: engine.keyring.seal(
                    next,
                    secretBinding(enrollment.userId, authenticator),
                  ),
                }),
          }),
        },
        completed: [
          { factor: challenge.factor, authenticator: authenticator.id, by: 'challenge', at: now },
        ],
      }),
    );
    if (settled.status === 'stale') continue;
    if (settled.status === 'refused') {
      await disableAtCap(engine, caller, presence, challenge, settled.failures);
      return settled.refusal;
    }
    afterRecovery(engine, caller, presence, challenge, settled.change.next);
    return changed(presence, settled.change);
  }
  throw contended();
}
