import { MfaError } from '../errors.ts';
import type { Caller, Engine } from './engine.ts';
import type { Delivery } from './factor.ts';
import { isLate } from './is-late.ts';
import { refused } from './outcome.ts';
import type { Refusal } from './outcome.ts';
import { report } from './report.ts';
import type { Challenge, User } from './vocabulary.ts';

/** A code that did not leave in time. */
export interface Undelivered {
  readonly refusal: Refusal;
  /** Nobody knows whether it leaves yet: it counts as sent (attack A43). */
  readonly isLate: boolean;
}

/**
 * Sends the code of an open challenge, in the language that the host knows of the user, else in one
 * that the browser asks for. When it does not leave, the challenge is void and its
 * cool-down is given back, so that its owner may ask again at once. What was late counts as sent:
 * whoever waits out a slow transport could else have a message for each request (attacks A42, A43).
 */
export async function deliver(
  engine: Engine,
  caller: Caller,
  { locale }: User,
  challenge: Challenge,
  delivery: Delivery,
): Promise<Undelivered | undefined> {
  const ttlMs = challenge.expiresAt - challenge.createdAt;
  try {
    const sender = engine.senders[delivery.channel];
    const languages = [...(locale === undefined ? [] : [locale]), ...(caller.languages ?? [])];
    const about = { purpose: challenge.purpose, ttlMs, languages };
    await sender?.send(await engine.compose(delivery, about));
    return undefined;
  } catch (cause) {
    const late = isLate(cause);
    if (!late) await engine.store.withdraw(challenge);
    // What a foreign sender throws may hold the address and the code: its text goes nowhere.
    const own = cause instanceof MfaError && cause.code === 'delivery_failed' ? cause : undefined;
    const text = `The ${delivery.channel} sender failed or took too long; its own log says why.`;
    const error = own ?? new MfaError('delivery_failed', text);
    report(engine, caller, 'delivery_failed', challenge, { error });
    return { refusal: refused('undelivered', { factor: challenge.factor }), isLate: late };
  }
}
