import { MfaError } from '../errors.ts';
import type { Caller, Engine } from './engine.ts';
import type { Delivery } from './factor.ts';
import { report } from './report.ts';
import type { Challenge } from './vocabulary.ts';

/**
 * Sends the code of an open challenge. When it does not leave, the challenge is void and its
 * cool-down is given back, so that its owner may ask again at once.
 *
 * @throws MfaError `delivery_failed`
 */
export async function deliver(
  engine: Engine,
  caller: Caller,
  challenge: Challenge,
  delivery: Delivery,
): Promise<void> {
  const ttlMs = challenge.expiresAt - challenge.createdAt;
  try {
    const sender = engine.senders[delivery.channel];
    if (!sender)
      throw new MfaError('delivery_failed', `No sender is configured for ${delivery.channel}.`);
    await sender.send(engine.compose(delivery, { purpose: challenge.purpose, ttlMs }));
  } catch (cause) {
    await engine.store.withdraw(challenge);
    // What a foreign sender throws may hold the address and the code: its text goes nowhere.
    const error =
      cause instanceof MfaError
        ? cause
        : new MfaError(
            'delivery_failed',
            `The ${delivery.channel} sender rejected; its own log says why.`,
          );
    report(engine, caller, 'delivery_failed', challenge, { error });
    throw new MfaError('delivery_failed', `The ${delivery.channel} message could not be sent.`, {
      cause: error,
    });
  }
}
