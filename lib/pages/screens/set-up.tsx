import { account } from '../../core/commands/account.ts';
import type { Account } from '../../core/commands/account.ts';
import { confirmEnrollment } from '../../core/commands/confirm-enrollment.ts';
import { enroll } from '../../core/commands/enroll.ts';
import { switchMfa } from '../../core/commands/switch-mfa.ts';
import type { Factor } from '../../core/factor.ts';
import { done } from '../../core/outcome.ts';
import type { Outcome, Refusal } from '../../core/outcome.ts';
import { addable } from '../addable.ts';
import { link } from '../link.ts';
import { nameOf } from '../name-of.ts';
import { problem } from '../problem.tsx';
import { statusOf } from '../status-of.ts';
import { ChooseView } from '../views/choose.tsx';
import { ConfirmView } from '../views/confirm.tsx';
import { StartView } from '../views/start.tsx';
import type { Screen, Shown, Visit } from '../visit.ts';

/** Which way to set up. */
export const chooseFactor: Screen = async (visit) => {
  const { engine, caller, words } = visit;
  const own = await account(engine, caller);
  if (own.status === 'refused') return own;
  const types = addable(engine, own.value.record).map(({ type }) => type);
  return done({
    title: words.pages.setUp.title,
    signedIn: true,
    body: <ChooseView frame={visit} types={types} />,
  });
};

/** What has to be known before a factor can be set up. */
export const showStart: Screen = (visit) =>
  withFactor(visit, (factor, own) => start(visit, factor, own));

/** Begins: sends the code, or shows what the app has to scan, this one time. */
export const begin: Screen = (visit) =>
  withFactor(visit, async (factor, own) => {
    const { engine, caller, form } = visit;
    const input = { ...pick(form, 'email'), ...pick(form, 'phone') };
    const about = { factor: factor.type, name: nameOf(form.name), input };
    const outcome = await enroll(engine, caller, about);
    if (outcome.status === 'refused') return explained(visit, factor, own, outcome);
    return { ...outcome, value: confirming(visit, factor, outcome.value.reveal) };
  });

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
    const pointer = (switched.status === 'done' && switched.pointer) || outcome.pointer;
    return done({ to: afterwards(visit, outcome.value) }, pointer);
  });

function afterwards(visit: Visit, { enrollment }: Account): string {
  const { factors } = visit.engine;
  const recovers = enrollment.authenticators.some(
    ({ type, state }) => state === 'active' && factors.get(type)?.traits.role === 'recovery',
  );
  return recovers
    ? (visit.returnTo ?? link(visit, '/', { done: 'added' }))
    : link(visit, '/recovery-codes');
}

/** A screen of one factor that this user can set up. */
async function withFactor(
  visit: Visit,
  run: (factor: Factor, own: Account) => Promise<Outcome<Shown>>,
): Promise<Outcome<Shown>> {
  const { engine, caller, params } = visit;
  const own = await account(engine, caller);
  if (own.status === 'refused') return own;
  const factor = addable(engine, own.value.record).find(({ type }) => type === params.factor);
  return factor ? run(factor, own.value) : done(problem(visit, 'notFound'));
}

async function start(
  visit: Visit,
  factor: Factor,
  { user }: Account,
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
  own: Account,
  refusal: Refusal,
): Promise<Outcome<Shown>> {
  return EXPLAINED.has(refusal.reason)
    ? start(visit, factor, own, refusal)
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
