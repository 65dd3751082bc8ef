import { endSession, signOut } from '../../core/commands/sessions.ts';
import { done } from '../../core/outcome.ts';
import { link } from '../link.ts';
import type { Screen } from '../visit.ts';
import { withReturn } from '../with-return.ts';

/** Ends another session of the user, or all others. One that is gone already is as good as ended. */
export const endOther: Screen = async (visit) => {
  const outcome = await endSession(visit.engine, visit.caller, visit.form.id ?? '');
  if (outcome.status === 'refused' && outcome.reason !== 'no-session') return outcome;
  return done({ to: link(visit, '/', { done: 'ended' }) });
};

/** Signs out here, whatever is still missing; to sign in anew and come back, where that was the wish. */
export const leave: Screen = async ({ engine, caller, site, returnTo }) => {
  await signOut(engine, caller);
  const { login, home } = site.options;
  const again = login !== undefined && returnTo !== undefined;
  const to = again ? withReturn(login, returnTo) : (login ?? home);
  return done({ to, leaves: true, signedOut: true });
};
