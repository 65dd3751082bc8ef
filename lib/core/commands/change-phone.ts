import { MfaError } from '../../errors.ts';
import type { Caller, Engine } from '../engine.ts';
import { findUser } from '../host-user.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { enter } from '../presence.ts';
import type { Presence } from '../presence.ts';
import { report } from '../report.ts';
import { tellOwner } from '../tell-owner.ts';
import { withinFailures } from '../within-failures.ts';
import type { Admit } from '../within-failures.ts';
import type { Account } from './account.ts';

interface NewPhone {
  readonly phone: string;
  readonly password: string;
}

/** Gives the host another, unproved phone number for the user; the password says that it is the owner who asks. */
export function changePhone(
  engine: Engine,
  caller: Caller,
  wanted: NewPhone,
): Promise<Outcome<Account>> {
  return withinFailures(engine, caller, (admit) => tried(engine, caller, wanted, admit));
}

async function tried(
  engine: Engine,
  caller: Caller,
  { phone, password }: NewPhone,
  admit: Admit,
): Promise<Outcome<Account>> {
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  const { users } = engine;
  if (!users.updatePhone) return refused('unsupported');
  if (takesAway(engine, presence)) {
    const fresh = await enter(engine, caller, 'complete', 'change');
    if (fresh.status === 'refused') return fresh;
  }
  const barred = await admit();
  if (barred) return barred;
  const { enrollment, facts, record, user: before, own } = presence;
  const about = { userId: before.id, session: record.id };
  if ((await users.verifyPassword(own, password)) !== true) {
    report(engine, caller, 'phone_change_refused', about, { reason: 'credentials' });
    return refused('credentials');
  }
  const tell = (): void => {
    report(engine, caller, 'phone_changed', about);
    // To where the owner was before: the new number may be that of whoever took the account.
    tellOwner(engine, before, { type: 'phone_changed' }, [enrollment]);
  };
  try {
    await users.updatePhone(before.id, phone);
  } catch (error) {
    // It may have been written all the same: then nobody must learn of it from an error only.
    const there = await findUser(engine, before.id).catch(() => undefined);
    if (there && there.user.phone !== before.phone) tell();
    throw error;
  }
  tell();
  const after = await findUser(engine, before.id);
  if (!after) {
    throw new MfaError(
      'host_callback_failed',
      'users.updatePhone lost the user: findById must find the same id after it.',
    );
  }
  return done({ user: after.user, enrollment, facts, record });
}

/** Whether a number that confirms sign-ins goes with it: then it asks for what removing one does. */
function takesAway({ factors }: Engine, { enrollment, user }: Presence): boolean {
  const vouched = [...factors.values()].some(
    (factor) => factor.traits.channel === 'sms' && factor.vouched(user) !== undefined,
  );
  return enrollment.mfa && vouched;
}
