import { changed, changeOf, replaced } from '../change.ts';
import { counterOf } from '../counters.ts';
import { disableAtCap } from '../disable.ts';
import { endedBeforeNow } from '../ending.ts';
import { secretBinding } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { judge } from '../judge.ts';
import { NO_FAILURES } from '../lockout.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { contended, enter, ROUNDS } from '../presence.ts';
import { afterRecovery, completesByRecovery } from '../recovery.ts';
import { report } from '../report.ts';
import { isOpenTo, openSecret } from '../usable.ts';
import { withinFailures } from '../within-failures.ts';
import type { Admit } from '../within-failures.ts';
import type { Challenge, Facts } from '../vocabulary.ts';
import type { Account } from './account.ts';

interface Answering {
  readonly challengeId: string;
  readonly answer: unknown;
}

/** Answers a challenge of this session. Whatever is wrong with it, the refusal is the same word. */
export function answerChallenge(
  engine: Engine,
  caller: Caller,
  wanted: Answering,
): Promise<Outcome<Account>> {
  return withinFailures(engine, caller, (admit) => answered(engine, caller, wanted, admit));
}

async function answered(
  engine: Engine,
  caller: Caller,
  { challengeId, answer }: Answering,
  admit: Admit,
): Promise<Outcome<Account>> {
  for (let round = 0; round < ROUNDS; round++) {
    const presence = await enter(engine, caller, 'pending');
    if (presence.status === 'refused') return presence;
    const { enrollment } = presence;
    const challenge = presence.challenges.find(
      ({ id, purpose }) => id === challengeId && purpose === 'prove',
    );
    const authenticator = enrollment.authenticators.find(
      (one) => one.id === challenge?.authenticator && isOpenTo(challenge.device, one),
    );
    const plain = authenticator && openSecret(engine, enrollment.userId, authenticator);
    if (!challenge || !authenticator || plain === undefined) return refused('invalid');
    // A factor at its own cap is disabled already, but for a crash just then. The account's falls to
    // whichever is answered wrong next: what is right takes the count away.
    const [own] = challenge.counters;
    const failures = { [own]: presence.failures[own] ?? NO_FAILURES };
    if (await disableAtCap(engine, caller, presence, challenge, failures))
      return refused('invalid');
    const barred = await admit(presence.device);
    if (barred) return barred;

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
            state: 'active',
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
      if (settled.failures)
        await disableAtCap(engine, caller, presence, challenge, settled.failures);
      return settled.refusal;
    }
    if (authenticator.state === 'suspended') {
      report(engine, caller, 'authenticator_restored', challenge);
      forgetStrangers(engine, challenge, settled.change.facts);
    }
    afterRecovery(engine, caller, presence, challenge, settled.change.next);
    return changed(engine, presence, settled);
  }
  throw contended();
}

/**
 * What strangers got wrong of this factor counts anew once it is open to them again. It does already,
 * but for a store that failed as it was suspended: the owner's next new browser must not pay for that.
 */
function forgetStrangers({ store }: Engine, challenge: Challenge, facts: Facts): void {
  const own = counterOf(challenge.factor, 'unknown');
  const succeeded = { ...challenge, device: 'unknown', counters: [own] } as const;
  store.remember({ userId: challenge.userId, facts, succeeded }).catch(() => {});
}
