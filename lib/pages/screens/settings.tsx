import { authenticatorViews } from '../../core/commands/authenticators.ts';
import { liveSessions } from '../../core/commands/sessions.ts';
import { switchMfa } from '../../core/commands/switch-mfa.ts';
import { done } from '../../core/outcome.ts';
import { isArmed } from '../../core/policy.ts';
import { enter } from '../../core/presence.ts';
import { recovers } from '../../core/recovers.ts';
import { addable } from '../addable.ts';
import { link } from '../link.ts';
import { SettingsView } from '../views/settings.tsx';
import type { Screen } from '../visit.ts';

/** The security settings: the switch, what is bound, recovery codes and sessions. */
export const showSettings: Screen = async (visit) => {
  const { engine, caller, words } = visit;
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  const { enrollment, facts, record } = presence;
  const bound = authenticatorViews(engine, presence);
  const sessions = { records: await liveSessions(engine, presence), current: record.id };
  return done({
    title: words.pages.settings.title,
    signedIn: true,
    body: (
      <SettingsView
        frame={visit}
        mfa={enrollment.mfa}
        canSwitchOn={isArmed({ ...facts, mfa: true })}
        authenticators={bound.filter(({ type }) => !recovers(engine.factors, type))}
        recovery={bound.find(({ type }) => recovers(engine.factors, type))}
        canAdd={addable(engine, record).length > 0}
        sessions={sessions}
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
