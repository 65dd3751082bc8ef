import {
  authenticatorViews,
  removeAuthenticator,
  renameAuthenticator,
} from '../../core/commands/authenticators.ts';
import type { AuthenticatorView } from '../../core/commands/authenticators.ts';
import { done } from '../../core/outcome.ts';
import { isArmed } from '../../core/policy.ts';
import { enter } from '../../core/presence.ts';
import { authenticatorName } from '../authenticator-name.ts';
import { link } from '../link.ts';
import { nameOf } from '../name-of.ts';
import { problem } from '../problem.tsx';
import { ManageView } from '../views/manage.tsx';
import type { Screen } from '../visit.ts';

/** One authenticator: its name, and its removal. */
export const showAuthenticator: Screen = async (visit) => {
  const { engine, caller, params, words } = visit;
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  const found = authenticatorViews(engine, presence).find(({ id }) => id === params.id);
  if (!found) return done(problem(visit, 'notFound'));
  const { facts } = presence;
  const without = { ...facts, held: facts.held.filter(({ id }) => id !== found.id) };
  const { name, own: ownName } = authenticatorName(words, found);
  return done({
    title: ownName === undefined ? name : `${name} · ${ownName}`,
    signedIn: true,
    body: (
      <ManageView
        frame={visit}
        authenticator={found}
        isLast={isArmed(facts) && !isArmed(without)}
        named={isNamed(found)}
      />
    ),
  });
};

/** Gives it another name. */
export const rename: Screen = async (visit) => {
  const { engine, caller, params, form } = visit;
  const name = nameOf(form.name);
  if (name === undefined)
    return done({ to: link(visit, `/authenticators/${encodeURIComponent(params.id ?? '')}`) });
  const outcome = await renameAuthenticator(engine, caller, { id: params.id ?? '', name });
  if (outcome.status === 'refused' && outcome.reason === 'no-authenticator')
    return done(problem(visit, 'notFound'));
  if (outcome.status === 'refused') return outcome;
  return { ...outcome, value: { to: link(visit, '/', { done: 'renamed' }) } };
};

/** Removes it. One that is gone already is as good as removed. */
export const remove: Screen = async (visit) => {
  const { engine, caller, params } = visit;
  const outcome = await removeAuthenticator(engine, caller, params.id ?? '');
  const to = link(visit, '/', { done: 'removed' });
  if (outcome.status === 'done') return { ...outcome, value: { to } };
  return outcome.reason === 'no-authenticator' ? done({ to }) : outcome;
};

/** Recovery codes are one set, with nothing to tell it from. */
function isNamed({ remaining }: AuthenticatorView): boolean {
  return remaining === undefined;
}
