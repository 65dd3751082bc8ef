import type { Account } from '../../core/commands/account.ts';
import { confirmEnrollment } from '../../core/commands/confirm-enrollment.ts';
import { enroll } from '../../core/commands/enroll.ts';
import { switchMfa } from '../../core/commands/switch-mfa.ts';
import type { Factor } from '../../core/factor.ts';
import { done } from '../../core/outcome.ts';
import type { Outcome, Refusal } from '../../core/outcome.ts';
import { enter } from '../../core/presence.ts';
import { recovers } from '../../core/recovers.ts';
import type { User } from '../../core/vocabulary.ts';
import { addable } from '../addable.ts';
import { link } from '../link.ts';
import { nameOf } from '../name-of.ts';
import { problem } from '../problem.tsx';
import { statusOf } from '../status-of.ts';
import { ChooseView } from '../views/choose.tsx';
import { ConfirmView } from '../views/confirm.tsx';
import { StartView } from '../views/start.tsx';
import type { Place, Screen, Shown, Visit } from '../visit.ts';

/** Which way to set up. */
export const chooseFactor: Screen = async (visit) => {
  const { engine, caller, words } = visit;
  const presence = await enter(engine, caller, 'complete', 'add');
  if (presence.status === 'refused') return presence;
  const types = addable(engine, presence.record).map(({ type }) => type);
  return done({
    title: words.pages.setUp.title,
    signedIn: true,
    body: <ChooseView frame={visit} types={types} />,
  });
};

/** What has to be known before a factor can be set up. */
export const showStart: Screen = (visit) =>
  withFactor(visit, (factor, user) => start(visit, factor, user));

/** Begins: sends the code, or shows what the app has to scan, this one time. */
export const begin: Screen = (visit) =>
  withFactor(visit, async (factor, user) => {
    const { engine, caller, form } = visit;
    const input = { ...pick(form, 'email'), ...pick(form, 'phone') };
    const about = { factor: factor.type, name: nameOf(form.name), input };
    const outcome = await enroll(engine, caller, about);
    if (outcome.status === 'refused') return explained(visit, factor, user, outcome);
    return { ...outcome, value: confirming(visit, factor, outcome.value.reveal) };
  });

/** Where a browser comes back to that had to sign in again on the way: what was begun is over. */
export const backToStart: Screen = (visit) =>
  withFactor(visit, async ({ type }) =>
    done({ to: link(visit, `/set-up/${encodeURIComponent(type)}`) }),
  );

/**
 * Binds it with the first right code. Whoever sets up a second step here wants it asked for, so it
 * is switched on; and without recovery codes a lost phone would be a lost account.
 */
export const confirm: Screen = (visit) =>
  withFactor(visit, async (factor) => {
    const { engine, caller, form } = visit;
    const about = { factor: factor.type, answer: form.code ?? '' };
    const outcome = await confirmEnrollment(engine, caller, about);
    if (outcome.status === 'refused') {
      if (!ANSWERED.has(outcome.reason)) return outcome;
      return done(confirming(visit, factor, {}, outcome));
    }
    const moved = { ...caller, ...pick(outcome, 'pointer') };
    const switched = outcome.value.enrollment.mfa ? outcome : await switchMfa(engine, moved, true);
    const last = switched.status === 'done' ? { ...outcome, ...switched } : outcome;
    return { ...last, value: afterwards(visit, outcome.value) };
  });

function afterwards(visit: Visit, { enrollment }: Account): Place {
  const { factors } = visit.engine;
  const canRecover = enrollment.authenticators.some(
    ({ type, state }) => state === 'active' && recovers(factors, type),
  );
  if (!canRecover) return { to: link(visit, '/recovery-codes') };
  return visit.returnTo === undefined
    ? { to: link(visit, '/', { done: 'added' }) }
    : { to: visit.returnTo, leaves: true };
}

/** A screen of one factor that this user can set up. The fresh proof that it takes is asked for before all else. */
async function withFactor(
  visit: Visit,
  run: (factor: Factor, user: User) => Promise<Outcome<Shown>>,
): Promise<Outcome<Shown>> {
  const { engine, caller, params } = visit;
  const presence = await enter(engine, caller, 'complete', 'add');
  if (presence.status === 'refused') return presence;
  const factor = addable(engine, presence.record).find(({ type }) => type === params.factor);
  return factor ? run(factor, presence.user) : done(problem(visit, 'notFound'));
}

async function start(
  visit: Visit,
  factor: Factor,
  user: User,
  refusal?: Refusal,
): Promise<Outcome<Shown>> {
  return done({
    title: visit.words.pages.setUp.factorTitle(factor.type),
    signedIn: true,
    ...(refusal ? { status: statusOf(refusal) } : {}),
    body: (
      <StartView frame={visit} factor={factor} user={user} form={visit.form} refusal={refusal} />
    ),
  });
}

/** What is refused for what was typed in is said beside it; all else is for the page that fits. */
function explained(
  visit: Visit,
  factor: Factor,
  user: User,
  refusal: Refusal,
): Promise<Outcome<Shown>> {
  return EXPLAINED.has(refusal.reason)
    ? start(visit, factor, user, refusal)
    : Promise.resolve(refusal);
}

function confirming(
  visit: Visit,
  factor: Factor,
  reveal: Readonly<Record<string, unknown>>,
  refusal?: Refusal,
): Shown {
  return {
    title: visit.words.pages.setUp.factorTitle(factor.type),
    signedIn: true,
    ...(refusal ? { status: statusOf(refusal) } : {}),
    body: <ConfirmView frame={visit} factor={factor} reveal={reveal} refusal={refusal} />,
  };
}

const ANSWERED: ReadonlySet<string> = new Set([
  'invalid',
  'malformed',
  'locked',
  'limited',
  'no-authenticator',
  'authenticator-exists',
]);

const EXPLAINED: ReadonlySet<string> = new Set([
  'malformed',
  'unacceptable',
  'no-destination',
  'authenticator-exists',
  'too-many',
  'locked',
  'cooling',
  'limited',
  'undelivered',
  'no-channel',
]);

function pick<T, K extends keyof T>(from: T, key: K): Partial<Pick<T, K>> {
  return from[key] === undefined ? {} : ({ [key]: from[key] } as Partial<Pick<T, K>>);
}
