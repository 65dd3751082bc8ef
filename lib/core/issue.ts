import { haltedGroup, noteConversion } from './conversion.ts';
import { deliver } from './deliver.ts';
import { draw, giveBack } from './draw.ts';
import { drawsOf, groupsOf } from './draws.ts';
import type { Draw } from './draws.ts';
import type { Caller, Engine } from './engine.ts';
import type { Delivery } from './factor.ts';
import { mayText } from './may-text.ts';
import { refused } from './outcome.ts';
import type { Refusal } from './outcome.ts';
import type { Presence } from './presence.ts';
import { report } from './report.ts';
import { tellOfCodes } from './tell-owner.ts';
import type { Challenge } from './vocabulary.ts';

/** Codes of one account that may be open at once to strangers: so many can be guessed at. As many again to others. */
const LIVE = 3;

/**
 * Puts a challenge in its slot and sends its code, if it has one. A refusal when its factor is
 * locked, a message went out just now, a limit is reached or the code did not leave: then what was
 * there before is there again. All that may refuse is asked at once, before anything is sent.
 */
export async function issue(
  engine: Engine,
  caller: Caller,
  presence: Presence,
  challenge: Challenge,
  delivery: Delivery | undefined,
): Promise<Refusal | undefined> {
  const { createdAt: now, factor } = challenge;
  const { coolDownMs } = engine.settings;
  const sending = delivery && { coolDownMs, live: LIVE };
  const groups = delivery ? groupsOf(engine, delivery) : [];
  const draws = delivery
    ? drawsOf(engine, caller, presence.device, challenge, delivery, groups)
    : [];
  const asked = [
    engine.store.open({
      challenge,
      secret: presence.record.secret,
      now,
      ...(sending ? { sending } : {}),
    }),
    draw(engine, draws, now),
    haltedGroup(engine, caller, challenge, groups),
  ] as const;
  const [opened, drawn, halted] = await Promise.all(asked).catch((error: unknown) => {
    void takeBack(engine, challenge, draws, asked);
    throw error;
  });
  const isOpen = opened.status === 'opened';
  const limited = drawn.status === 'limited' ? drawn : undefined;
  const limit = limited?.kind ?? halted;
  const free = isOpen && limit === undefined;
  const { user, enrollment } = presence;
  const risky = free && delivery && !(await isSafe(engine, caller, challenge, delivery));
  const but = (kept: ReadonlySet<Draw['kind']>): readonly Draw[] =>
    draws.filter(({ kind }) => !kept.has(kind));
  if (free && !risky) {
    report(engine, caller, 'challenge_created', challenge, { reason: challenge.purpose });
    const failed = delivery && (await deliver(engine, caller, user, challenge, delivery));
    if (failed && !failed.isLate) await giveBack(engine, but(TAKEN_ALL_THE_SAME));
    // What may never have left says nothing of whether codes come back: a gateway that hung must not halt a country.
    if (failed?.isLate) noteConversion(engine, caller, challenge);
    return failed?.refusal;
  }

  await Promise.all([
    limited ? undefined : giveBack(engine, risky ? but(LOOKED_UP) : draws),
    isOpen ? engine.store.withdraw(challenge) : undefined,
  ]);
  const reason = risky ? 'risk' : `limit ${limit}`;
  report(engine, caller, 'challenge_refused', challenge, {
    reason: isOpen ? reason : opened.status,
  });
  if (!isOpen) {
    return opened.status === 'ended'
      ? refused('first-factor')
      : refused(opened.status, {
          factor,
          // The last of what it waits for: whoever comes back when told to gets a code.
          retryAt: Math.max(opened.until, limited?.until ?? 0),
        });
  }
  if (risky) return refused('undelivered', { factor, message: RISKY });
  if (limited && presence.device === 'unknown' && FOR_THE_OWNER.has(limited.kind)) {
    tellOfCodes(engine, user, factor, enrollment);
  }
  return refused('limited', { factor, retryAt: limited?.until ?? now + HALT_MS });
}

/**
 * A store that failed in the midst of it has done a part: nobody stays behind without a code, waiting
 * and counted for it (attack A51). The answer does not wait; what fails here is left to expire.
 */
async function takeBack(
  engine: Engine,
  challenge: Challenge,
  draws: readonly Draw[],
  asked: readonly Promise<unknown>[],
): Promise<void> {
  await Promise.allSettled(asked);
  await Promise.allSettled([giveBack(engine, draws), engine.store.withdraw(challenge)]);
}

/** A host's function that fails or hangs is a no. */
function isSafe(
  engine: Engine,
  caller: Caller,
  challenge: Challenge,
  delivery: Delivery,
): Promise<boolean> {
  const { userId, purpose } = challenge;
  return mayText(engine.users, userId, delivery, purpose).catch((error: unknown) => {
    report(engine, caller, 'fault', challenge, { error });
    return false;
  });
}

/** When to look again whether codes come back. */
const HALT_MS = 600_000;

/** Someone else used up what an owner may be sent. */
const FOR_THE_OWNER: ReadonlySet<Draw['kind']> = new Set(['account', 'destination']);

/** What a network tries, and what a transport may have taken before it failed, counts all the same. */
const TAKEN_ALL_THE_SAME: ReadonlySet<Draw['kind']> = new Set(['network', 'sms']);

/** Asking about a number may cost the host money: what a network makes it ask counts. */
const LOOKED_UP: ReadonlySet<Draw['kind']> = new Set(['network']);

const RISKY = 'No SMS can be sent to this number at present. Please take another way.';
