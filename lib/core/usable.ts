import { secretBinding } from './enrollment.ts';
import type { Engine } from './engine.ts';
import type { Authenticator, Device, Enrollment, FactorType } from './vocabulary.ts';

/** An authenticator whose secret this key ring opens. */
export interface Opened extends Authenticator {
  readonly plain: unknown;
}

/** The authenticators of a type that can be challenged from such a device, the one used last first. */
export function usable(
  engine: Engine,
  enrollment: Enrollment,
  type: FactorType,
  device: Device,
): readonly Opened[] {
  return enrollment.authenticators
    .filter((authenticator) => authenticator.type === type && isOpenTo(device, authenticator))
    .flatMap((authenticator) => {
      const plain = openSecret(engine, enrollment.userId, authenticator);
      if (plain === undefined || engine.factors.get(type)?.describe(plain).remaining === 0)
        return [];
      return [{ ...authenticator, plain }];
    })
    .toSorted((a, b) => (b.usedAt ?? b.createdAt) - (a.usedAt ?? a.createdAt));
}

/** What strangers guessed at too often is closed to strangers only. */
export function isOpenTo(device: Device, { state }: Authenticator): boolean {
  return state === 'active' || (state === 'suspended' && device === 'known');
}

/** The plain secret; undefined, with an event, when it was sealed for someone else or under a key that is gone. */
export function openSecret(engine: Engine, userId: string, authenticator: Authenticator): unknown {
  const plain = engine.keyring.open(authenticator.secret, secretBinding(userId, authenticator));
  if (plain === undefined) {
    const { type: factor, id } = authenticator;
    engine.emit({
      type: 'authenticator_unreadable',
      userId,
      factor,
      authenticator: id,
    });
  }
  return plain;
}
