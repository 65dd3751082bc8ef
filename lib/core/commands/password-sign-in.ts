import type { Caller, Engine } from '../engine.ts';
import { asFound } from '../host-user.ts';
import type { Found } from '../host-user.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { enter } from '../presence.ts';
import { report } from '../report.ts';
import { withinFailures } from '../within-failures.ts';
import type { Admit } from '../within-failures.ts';
import { signIn } from './sign-in.ts';
import type { SignedIn } from './sign-in.ts';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The first step, through the host's own look-up and password check. It never says whether a user exists. */
export function passwordSignIn(
  engine: Engine,
  caller: Caller,
  credentials: Credentials,
): Promise<Outcome<SignedIn>> {
  return withinFailures(engine, caller, (admit) => tried(engine, caller, credentials, admit));
}

async function tried(
  engine: Engine,
  caller: Caller,
  { email, password }: Credentials,
  admit: Admit,
): Promise<Outcome<SignedIn>> {
  const present = await enter(engine, caller, 'complete');
  if (present.status === 'present') return refused('signed-in');
  if (present.reason !== 'first-factor') return present;
  const barred = await admit();
  if (barred) return barred;
  const lookUp = async (): Promise<Found | undefined> =>
    asFound(await engine.users.findByEmail(email), 'users.findByEmail');
  const found = await lookUp();
  if (!found) await hashForNobody(engine, caller, password);
  // Exactly true: a promise that was forgotten, a row or a count is no yes (attack A75).
  const isRight = async ({ own }: Found): Promise<boolean> =>
    (await engine.users.verifyPassword(own, password)) === true;
  // Looked up anew: what was read before a reset holds the hash of the old password.
  const isStillRight = async ({ user }: Found): Promise<boolean> => {
    const fresh = await lookUp();
    return fresh?.user.id === user.id && (await isRight(fresh));
  };
  const outcome =
    found && (await isRight(found))
      ? await signIn(engine, caller, found.user.id, 'password', {
          isStill: () => isStillRight(found),
        })
      : refused('credentials');
  if (outcome.status === 'refused' && outcome.reason === 'credentials') {
    // The host hears whose password it was; the answer is that of an unknown address, and as much work (VER-9).
    const about = found ? { userId: found.user.id } : {};
    report(engine, caller, 'sign_in_refused', about, { reason: 'credentials' });
  }
  return outcome;
}

/**
 * The work of a password check when there is nobody whose password it could be. A host whose hashing
 * fails here, at passwords of some length for one, must not by that tell an unknown address.
 */
async function hashForNobody(engine: Engine, caller: Caller, password: string): Promise<void> {
  try {
    await engine.users.hashPassword?.(password);
  } catch (error) {
    engine.emit({ type: 'fault', ip: caller.ip, error });
  }
}
