import { account } from '../../core/commands/account.ts';
import { listAuthenticators } from '../../core/commands/authenticators.ts';
import { listSessions } from '../../core/commands/sessions.ts';
import { switchMfa } from '../../core/commands/switch-mfa.ts';
import { done } from '../../core/outcome.ts';
import { isArmed } from '../../core/policy.ts';
import { addable } from '../addable.ts';
import { link } from '../link.ts';
import { SettingsView } from '../views/settings.tsx';
import type { Screen } from '../visit.ts';

/** The security settings: the switch, what is bound, recovery codes and sessions. */
export const showSettings: Screen = async (visit) => {
  const { engine, caller, words } = visit;
  const [own, bound, sessions] = await Promise.all([
    account(engine, caller),
    listAuthenticators(engine, caller),
    listSessions(engine, caller),
  ]);
  if (own.status === 'refused') return own;
  if (bound.status === 'refused') return bound;
  if (sessions.status === 'refused') return sessions;
  const { enrollment, facts, record } = own.value;
  const recovers = (type: string): boolean => engine.factors.get(type)?.traits.role === 'recovery';
  return done({
    title: words.pages.settings.title,
    signedIn: true,
    body: (
      <SettingsView
        frame={visit}
        mfa={enrollment.mfa}
        canSwitchOn={isArmed({ ...facts, mfa: true })}
        authenticators={bound.value.filter(({ type }) => !recovers(type))}
        recovery={bound.value.find(({ type }) => recovers(type))}
        canAdd={addable(engine, record).length > 0}
        sessions={sessions.value}
      />
    ),
  });
};

/** Switches MFA on or off. */
export const switchOver: Screen = async (visit) => {
  const on = visit.form.mfa === 'on';
  const outcome = await switchMfa(visit.engine, visit.caller, on);
  if (outcome.status === 'refused') return outcome;
  return {
    ...outcome,
    value: { to: link(visit, '/', { done: on ? 'switchedOn' : 'switchedOff' }) },
  };
};
