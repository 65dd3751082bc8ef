import type { Engine } from '../engine.ts';
import { knownSince } from '../known-device.ts';
import type { Destination } from '../notice.ts';
import { openSecret } from '../usable.ts';
import type { Authenticator, AuthenticatorState, Completed } from '../vocabulary.ts';

/** All that is held of one user, for that user to read: addresses in full, and no secret. */
export interface MfaExport {
  readonly userId: string;
  readonly mfa: boolean;
  /** Sessions begun before this moment are over. */
  readonly endedBefore: number;
  /** Browsers that completed no sign-in since this moment are not known. */
  readonly knownSince: number;
  readonly authenticators: readonly ExportedAuthenticator[];
  readonly sessions: readonly {
    readonly id: string;
    readonly createdAt: number;
    readonly seenAt: number;
    readonly completed: readonly Completed[];
  }[];
}

export interface ExportedAuthenticator extends Pick<
  Authenticator,
  'id' | 'type' | 'name' | 'origin' | 'createdAt' | 'usedAt'
> {
  readonly state: AuthenticatorState | 'unreadable';
  readonly destination?: Destination;
  readonly remaining?: number;
}

/** What is held of a user (GDPR article 15); a user who is unknown has nothing. */
export async function exportUser(engine: Engine, userId: string): Promise<MfaExport> {
  const enrollment = await engine.store.enrollment(userId);
  const { mfa, endedBefore, authenticators } = enrollment;
  const records = await engine.store.sessions(userId);
  return {
    userId,
    mfa,
    endedBefore,
    knownSince: knownSince(enrollment),
    authenticators: await Promise.all(authenticators.map((a) => exported(engine, userId, a))),
    sessions: records.map(({ id, createdAt, seenAt, completed }) => ({
      id,
      createdAt,
      seenAt,
      completed,
    })),
  };
}

async function exported(
  engine: Engine,
  userId: string,
  authenticator: Authenticator,
): Promise<ExportedAuthenticator> {
  const { id, type, name, origin, state, createdAt, usedAt } = authenticator;
  const rest = {
    id,
    type,
    name,
    origin,
    state,
    createdAt,
    ...(usedAt === undefined ? {} : { usedAt }),
  };
  const plain = openSecret(engine, userId, authenticator);
  if (plain === undefined) return { ...rest, state: 'unreadable' };
  const factor = engine.factors.get(authenticator.type);
  const destination = await factor?.destination(plain);
  const remaining = factor?.describe(plain).remaining;
  return {
    ...rest,
    ...(destination === undefined ? {} : { destination }),
    ...(remaining === undefined ? {} : { remaining }),
  };
}
