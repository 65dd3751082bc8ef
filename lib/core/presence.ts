import { MfaError } from '../errors.ts';
import { PASSWORD } from './assurance.ts';
import { authorizing } from './authorizing.ts';
import { factsOf, withVouched } from './enrollment.ts';
import { staying, tellDropped } from './first-binding.ts';
import type { Caller, Engine } from './engine.ts';
import { findUser } from './host-user.ts';
import type { Found } from './host-user.ts';
import { deviceOf } from './known-device.ts';
import { refused } from './outcome.ts';
import type { Refusal } from './outcome.ts';
import { parsePointer } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import { decide, firstFactors, mayAct } from './policy.ts';
import type { Action, Decision } from './policy.ts';
import type { Loaded } from './ports.ts';
import type { Device, Enrollment, Facts, FactorType, SessionRecord, User } from './vocabulary.ts';

/** A caller who may do what was asked for, with all that was read to know it. */
export interface Presence extends Loaded, Found {
  readonly status: 'present';
  readonly pointer: Pointer;
  readonly record: SessionRecord;
  readonly facts: Facts;
  readonly device: Device;
  /** What this browser keeps of earlier sign-ins, of whomever. */
  readonly kept?: string | undefined;
}

/**
 * Who may act: `pending` is open to a session that still lacks a factor, `complete` is not; an
 * action asks for a fresh proof besides. One read of the store and one of the host's users.
 */
export async function enter(
  engine: Engine,
  caller: Caller,
  stage: 'pending' | 'complete',
  action: Action = 'read',
): Promise<Presence | Refusal> {
  const pointer = parsePointer(caller.pointer);
  const loaded = pointer && (await engine.store.load(pointer));
  if (!pointer || !loaded?.record) return refused('first-factor');
  const { record } = loaded;
  const found = await findUser(engine, record.userId);
  if (!found) return refused('first-factor');
  const { user } = found;
  const now = engine.now();
  const opened = firstFactors(record);
  const vouched = await withVouched(loaded.enrollment, user, { ...engine, now, opened });
  // Once MFA is on, the guard must see what the host vouches for, so it is saved before it counts here.
  const enrollment =
    vouched.mfa && vouched !== loaded.enrollment
      ? await settledEnrollment(engine, caller, user, opened)
      : vouched;
  const facts = factsOf(enrollment, engine.factors);
  const { settings } = engine;
  const decision = decide(record, facts, {}, settings.lifetimes, now);
  const refusal =
    refusalOf(decision, record, facts, stage) ??
    (await mayNot(engine, action, record, enrollment, facts, now));
  if (refusal) return refusal;
  const device = deviceOf(engine, caller, { ...enrollment, tag: pointer.tag });
  return {
    ...loaded,
    ...found,
    status: 'present',
    pointer,
    record,
    enrollment,
    facts,
    device,
    kept: caller.device,
  };
}

/**
 * The enrollment as it is stored, with what the host vouches for; saved if a guard must see it. Where
 * that is the first factor that counts, nothing stays of what could be made before without one.
 */
export async function settledEnrollment(
  engine: Engine,
  caller: Caller,
  user: User,
  opened: readonly FactorType[],
): Promise<Enrollment> {
  for (let round = 0; round < ROUNDS; round++) {
    const stored = await engine.store.enrollment(user.id);
    const now = engine.now();
    const enrollment = await withVouched(stored, user, { ...engine, now, opened });
    if (enrollment === stored || !enrollment.mfa) return stored;
    const stays = staying(engine, { enrollment, facts: factsOf(stored, engine.factors) });
    const next = { ...enrollment, ...stays, version: stored.version + 1 };
    if ((await engine.store.save({ next, facts: factsOf(next, engine.factors) })) === 'saved') {
      tellDropped(engine, caller, { enrollment: stored, user }, next.authenticators);
      return next;
    }
  }
  throw contended();
}

/** How often a change is judged again when others change the same enrollment at the same time. */
export const ROUNDS = 16;

/** So many others changed the same enrollment that this change found no moment of its own. */
export function contended(): MfaError {
  return new MfaError(
    'contended',
    'The enrollment of this user kept changing; the request may be sent again.',
  );
}

function refusalOf(
  decision: Decision,
  record: SessionRecord,
  facts: Facts,
  stage: 'pending' | 'complete',
): Refusal | undefined {
  if (decision.status === 'allow' || (decision.need === 'more-factors' && stage === 'pending'))
    return undefined;
  return needRefused(decision.need, record, facts);
}

async function mayNot(
  engine: Engine,
  action: Action,
  record: SessionRecord,
  enrollment: Enrollment,
  facts: Facts,
  now: number,
): Promise<Refusal | undefined> {
  if (action === 'read') return undefined;
  const helping = await authorizing(engine, record, enrollment, facts);
  const { lifetimes } = engine.settings;
  const decision = mayAct(action, record, enrollment, helping, lifetimes, now);
  return decision.status === 'refuse'
    ? needRefused(decision.need, record, helping, facts)
    : undefined;
}

/**
 * A need as a refusal, with the factors that would help; of all that is held, if these are but some of it.
 * What opened the session helps it no further; where there is nothing else, a password might.
 */
export function needRefused(
  need: Exclude<Decision, { status: 'allow' }>['need'],
  record: SessionRecord,
  facts: Facts,
  all = facts,
): Refusal {
  if (need === 'first-factor' || need === 'enrollment') return refused(need);
  const first = firstFactors(record);
  const typesOf = ({ held }: Facts): readonly FactorType[] => [
    ...new Set(held.map(({ type }) => type).filter((type) => !first.includes(type))),
  ];
  const factors = typesOf(facts);
  if (need === 'more-factors' && factors.length === 0)
    return refused(need, { factors: [PASSWORD] });
  const only = typesOf(all).some((type) => !factors.includes(type));
  return refused(need, only ? { factors, only } : { factors });
}
