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
export const accountRoutes = {
  getAccount: async ({ engine, caller }) =>
    replied(await account(engine, caller), 200, (value) => userOf(engine, value)),

  createSession: withBody('public', passwordSession, async ({ engine, caller, wanted }) =>
    replied(await passwordSignIn(engine, caller, wanted), 201, ({ record, enrollment }) =>
      asSession(engine, record, factsOf(enrollment, engine.factors), record.id),
    ),
  ),

  listSessions: async ({ engine, caller }) =>
    replied(await listSessions(engine, caller), 200, ({ records, current, facts }) => ({
      total: records.length,
      sessions: records.map((record) => asSession(engine, record, facts, current)),
    })),

  getSession: async ({ engine, caller, params }) =>
    replied(await findSession(engine, caller, params.id ?? ''), 200, (found) =>
      asSession(engine, found.record, found.facts, found.current),
    ),

  deleteSession: (asked) => end(asked, asked.params.id ?? ''),
  deleteSessions: (asked) => end(asked, 'all'),

  switchMfa: withBody('complete', mfaSwitch, async ({ engine, caller, wanted }) =>
    replied(await switchMfa(engine, caller, wanted.mfa), 200, (value) => userOf(engine, value)),
  ),

  changePhone: withBody('complete', newPhone, async ({ engine, caller, wanted }) =>
    replied(await changePhone(engine, caller, wanted), 200, (value) => userOf(engine, value)),
  ),
} satisfies Record<string, Route>;

/** The user's model, with what is confirmed to us or to the host. */
export function userOf(engine: Engine, value: Account): object {
  return userModel(value, confirmedTypes(engine, value.enrollment, value.user));
}

function asSession(engine: Engine, record: SessionRecord, facts: Facts, current: string): object {
  const { lifetimes } = engine.settings;
  return sessionModel(record, facts, { current: record.id === current, ...lifetimes });
}

async function end({ engine, caller }: Asked, id: string) {
  const outcome = await endSession(engine, caller, id);
  return outcome.status === 'refused' ? outcome : done({ code: 204, signedOut: outcome.value.own });
}
