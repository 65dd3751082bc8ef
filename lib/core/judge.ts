import { noteConversion } from './conversion.ts';
import { factorContext } from './engine.ts';
import type { Caller, Engine } from './engine.ts';
import type { MfaEventType } from './events.ts';
import type { Made } from './change.ts';
import { NO_FAILURES } from './lockout.ts';
import { refused } from './outcome.ts';
import type { Refusal } from './outcome.ts';
import type { Failures, Loaded } from './ports.ts';
import type { Presence } from './presence.ts';
import { report } from './report.ts';
import { tellOfFailures } from './tell-owner.ts';
import type { Challenge } from './vocabulary.ts';

/** What became of an answer. `stale`: the enrollment changed meanwhile and nothing was counted. */
export type Judged =
  | ({ readonly status: 'accepted' } & Made)
  | {
      readonly status: 'refused';
      readonly refusal: Refusal;
      readonly failures?: Loaded['failures'];
    }
  | { readonly status: 'stale' };

/**
 * Judge first, settle last: the factor looks at secret and answer, then one atomic step of the
 * store decides. Proving a factor and confirming an enrollment take this same way and budget.
 */
export async function judge(
  engine: Engine,
  caller: Caller,
  presence: Presence,
  challenge: Challenge,
  secret: unknown,
  answer: unknown,
  changeFor: (next: unknown, now: number) => Made['change'],
): Promise<Judged> {
  const factor = engine.factors.get(challenge.factor);
  if (!factor) return { status: 'refused', refusal: refused('invalid') };
  const parsed = factor.answer(answer);
  if (!parsed.ok)
    return { status: 'refused', refusal: refused('malformed', { message: parsed.message }) };
  const context = factorContext(engine, {
    ...challenge,
    challenge: challenge.id,
    user: presence.user,
  });
  const judgement = await factor.judge(context, secret, parsed.value);
  const { now } = context;
  const change = judgement.ok ? changeFor(judgement.next, now) : undefined;
  const settled = await engine.store.settle({
    challenge,
    secret: presence.record.secret,
    ok: judgement.ok,
    ...(judgement.ok && judgement.presents !== undefined ? { presents: judgement.presents } : {}),
    ...(change ? { change } : {}),
    // What cannot be guessed waits for nobody: who keeps failing at it would keep its owner from the last way in.
    locks: factor.traits.guessable ? engine.settings.locks : [],
    now,
  });

  const emit = (type: MfaEventType, reason: string): void => {
    report(engine, caller, type, challenge, { reason });
  };
  switch (settled.status) {
    case 'accepted':
    case 'unmoved':
      if (!change) throw new TypeError('The store accepted an answer that was judged wrong.');
      emit('challenge_completed', challenge.purpose);
      noteConversion(engine, caller, challenge);
      return { status: 'accepted', change, moved: settled.status === 'accepted' };
    case 'stale':
      return { status: 'stale' };
    case 'expired':
      emit('challenge_refused', 'expired');
      return { status: 'refused', refusal: refused('invalid') };
    case 'locked':
      emit('challenge_refused', 'locked');
      return {
        status: 'refused',
        refusal: refused('locked', { factor: challenge.factor, retryAt: settled.until }),
      };
    case 'refused':
      emit('challenge_refused', judgement.ok ? 'wrong' : judgement.reason);
      if (settled.failures.until > now)
        emit('factor_locked', `after ${settled.failures.count} failures`);
      if (settled.failures.until > now || settled.failures.count >= REPEATED)
        tellOfFailures(engine, presence.user, challenge.factor, presence.enrollment);
      return {
        status: 'refused',
        refusal: refused('invalid', { triesLeft: settled.triesLeft }),
        failures: afterOneMore(presence.failures, challenge, settled.failures),
      };
  }
}

/** What is counted of the account now; those that count along may have risen further meanwhile. */
function afterOneMore(
  before: Loaded['failures'],
  { counters: [own, ...along] }: Challenge,
  now: Failures,
): Loaded['failures'] {
  const risen = along.map((counter) => {
    const { count, until } = before[counter] ?? NO_FAILURES;
    return [counter, { count: count + 1, until }] as const;
  });
  return { ...before, ...Object.fromEntries(risen), [own]: now };
}

/** From so many failures in a row on they are no slip any more, whether or not they lock (RFC 4226 section 7.2). */
const REPEATED = 5;
