import { account } from '../core/commands/account.ts';
import type { Account } from '../core/commands/account.ts';
import { changePhone } from '../core/commands/change-phone.ts';
import { passwordSignIn } from '../core/commands/password-sign-in.ts';
import { endSession, findSession, listSessions } from '../core/commands/sessions.ts';
import { switchMfa } from '../core/commands/switch-mfa.ts';
import { confirmedTypes } from '../core/confirmed.ts';
import type { Engine } from '../core/engine.ts';
import { factsOf } from '../core/enrollment.ts';
import { done } from '../core/outcome.ts';
import type { Facts, SessionRecord } from '../core/vocabulary.ts';
import { sessionModel, userModel } from './models.ts';
import { replied, withBody } from './route.ts';
import type { Asked, Route } from './route.ts';
import { mfaSwitch, newPhone, passwordSession } from './schemas.ts';

/** The routes of the account, its sessions and its MFA switch. */
export function accountRoutes(engine: Engine) {
  const asUser = (value: Account): object => userOf(engine, value);
  const asSession = (record: SessionRecord, facts: Facts, current: string): object =>
    sessionModel(record, facts, { current: record.id === current, ...engine.settings.lifetimes });

  const end = async ({ caller }: Asked, id: string) => {
    const outcome = await endSession(engine, caller, id);
    return outcome.status === 'refused'
      ? outcome
      : done({ code: 204, signedOut: outcome.value.own });
  };

  return {
    getAccount: async ({ caller }) => replied(await account(engine, caller), 200, asUser),

    createSession: withBody(engine, 'public', passwordSession, async ({ caller, wanted }) =>
      replied(await passwordSignIn(engine, caller, wanted), 201, ({ record, enrollment }) =>
        asSession(record, factsOf(enrollment, engine.factors), record.id),
      ),
    ),

    listSessions: async ({ caller }) =>
      replied(await listSessions(engine, caller), 200, ({ records, current, facts }) => ({
        total: records.length,
        sessions: records.map((record) => asSession(record, facts, current)),
      })),

    getSession: async ({ caller, params }) =>
      replied(await findSession(engine, caller, params.id ?? ''), 200, (found) =>
        asSession(found.record, found.facts, found.current),
      ),

    deleteSession: (asked) => end(asked, asked.params.id ?? ''),
    deleteSessions: (asked) => end(asked, 'all'),

    switchMfa: withBody(engine, 'complete', mfaSwitch, async ({ caller, wanted }) =>
      replied(await switchMfa(engine, caller, wanted.mfa), 200, asUser),
    ),

    changePhone: withBody(engine, 'complete', newPhone, async ({ caller, wanted }) =>
      replied(await changePhone(engine, caller, wanted), 200, asUser),
    ),
  } satisfies Record<string, Route>;
}

/** The user's model, with what is confirmed to us or to the host. */
export function userOf(engine: Engine, value: Account): object {
  return userModel(value, confirmedTypes(engine, value.enrollment, value.user));
}
