import { MfaError } from '../../errors.ts';
import type { Caller, Engine } from '../engine.ts';
import { findUser } from '../host-user.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { enter } from '../presence.ts';
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
  const barred = await admit();
  if (barred) return barred;
  if ((await users.verifyPassword(presence.user, password)) !== true) return refused('credentials');
  await users.updatePhone(presence.user.id, phone);
  const user = await findUser(engine, presence.user.id);
  if (!user) {
    throw new MfaError(
      'host_callback_failed',
      'users.updatePhone lost the user: findById must find the same id after it.',
    );
  }
  const { enrollment, facts, record } = presence;
  return done({ user, enrollment, facts, record });
}
