import { changeEnrollment, replaced } from '../change.ts';
import { withVouched } from '../enrollment.ts';
import type { Caller, Engine } from '../engine.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { firstFactors } from '../policy.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
import { report } from '../report.ts';
import { shutsOut } from '../shuts-out.ts';
import { tellOwner } from '../tell-owner.ts';
import { openSecret } from '../usable.ts';
import type { Authenticator, AuthenticatorState } from '../vocabulary.ts';

/** An authenticator as its owner sees it: no secret, a masked destination. */
export interface AuthenticatorView extends Pick<
  Authenticator,
  'id' | 'type' | 'name' | 'origin' | 'createdAt' | 'usedAt'
> {
  readonly state: AuthenticatorState | 'unreadable';
  readonly hint?: string;
  readonly remaining?: number;
}

/** What the user has bound, the oldest first. */
export async function listAuthenticators(
  engine: Engine,
  caller: Caller,
): Promise<Outcome<readonly AuthenticatorView[]>> {
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  return done(authenticatorViews(engine, presence));
}

/** The same of somebody who has entered already. */
export function authenticatorViews(
  engine: Engine,
  { enrollment, user }: Presence,
): readonly AuthenticatorView[] {
  return enrollment.authenticators.map((authenticator) => view(engine, user.id, authenticator));
}

/** Gives an authenticator another name. */
export async function renameAuthenticator(
  engine: Engine,
  caller: Caller,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Outcome<AuthenticatorView>> {
  return changeEnrollment(engine, caller, 'add', ({ enrollment, record }) => {
    const authenticator = enrollment.authenticators.find((a) => a.id === id);
    if (!authenticator) return refused('no-authenticator');
    const named = { ...authenticator, name };
    return {
      enrollment: {
        mfa: enrollment.mfa,
        authenticators: replaced(enrollment.authenticators, named),
      },
      value: () => {
        const { userId } = enrollment;
        report(engine, caller, 'authenticator_renamed', {
          userId,
          session: record.id,
          factor: named.type,
          authenticator: id,
        });
        return view(engine, userId, named);
      },
    };
  });
}

/**
 * Removes one authenticator by its id, or all of a type. What it had proved counts no more, in any
 * session. Not the last that can be proved, as long as MFA asks for another one that cannot.
 */
export async function removeAuthenticator(
  engine: Engine,
  caller: Caller,
  which: string,
): Promise<Outcome<undefined>> {
  return changeEnrollment(engine, caller, 'change', async (presence) => {
    const { enrollment, record, user } = presence;
    const found = enrollment.authenticators.filter((a) => a.id === which || a.type === which);
    // A vouched address would be back at once: it is the host's to take away.
    const removed = found.filter((a) => a.origin === 'enrolled');
    if (removed.length === 0) return refused(found.length > 0 ? 'vouched' : 'no-authenticator');
    const left = enrollment.authenticators.filter((a) => !removed.includes(a));
    // What was enrolled may have stood for what the host vouches for, too: guards must see that at once.
    const kept = await withVouched({ ...enrollment, authenticators: left }, user, {
      ...engine,
      now: engine.now(),
      opened: firstFactors(record),
    });
    const wanted = { mfa: enrollment.mfa, authenticators: kept.authenticators };
    if (await shutsOut(engine, presence, wanted)) return refused('enrollment');
    return {
      enrollment: wanted,
      value: (next) => {
        for (const { type: factor, id: authenticator } of removed) {
          report(engine, caller, 'authenticator_removed', {
            userId: user.id,
            session: record.id,
            factor,
            authenticator,
          });
        }
        for (const factor of new Set(removed.map(({ type }) => type))) {
          const news = { type: 'authenticator_removed', factor } as const;
          tellOwner(engine, user, news, [enrollment, next]);
        }
        return undefined;
      },
    };
  });
}

function view(engine: Engine, userId: string, authenticator: Authenticator): AuthenticatorView {
  const { id, type, name, origin, state, createdAt, usedAt } = authenticator;
  const plain = openSecret(engine, userId, authenticator);
  const described = plain === undefined ? {} : engine.factors.get(type)?.describe(plain);
  return {
    id,
    type,
    name,
    origin,
    state: plain === undefined ? 'unreadable' : state,
    createdAt,
    ...(usedAt === undefined ? {} : { usedAt }),
    ...described,
  };
}
