import { budgetName } from './draws.ts';
import type { Caller, Engine } from './engine.ts';
import { deviceOf } from './known-device.ts';
import { refused } from './outcome.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { parsePointer } from './pointer.ts';
import { report } from './report.ts';
import type { Device } from './vocabulary.ts';

/**
 * Whether the network of a caller may have one more answer judged. Only a second factor is asked with
 * its device: a password has no other count, so it is counted from a known device, too.
 */
export type Admit = (device?: Device) => Promise<Refusal | undefined>;

/**
 * Judges an answer within what one network may get wrong, over all accounts: counted before it is
 * judged, so that no burst gets through, and given back unless it was wrong. Second factors from a
 * known device are not counted: a whole office has one address.
 */
export async function withinFailures<T>(
  engine: Engine,
  caller: Caller,
  judge: (admit: Admit) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const { network } = caller;
  const { failures: windows } = engine.settings.limits;
  if (network === undefined || windows.length === 0) return judge(async () => undefined);
  const budget = { name: budgetName(engine, 'failures', network), windows };
  const id = engine.random.token(16);
  const spend = () => {
    const spending = engine.store.spend(budget, id, engine.now());
    // Whoever is refused before it matters never asks: then this failed for nobody.
    spending.catch(() => {});
    return spending;
  };
  // Only what was loaded says whether a device was forgotten since (REC-9). Counted while that is
  // read, so that it costs no time, unless the device seems known: then only if it proves not to be.
  let spending = seemsKnown(engine, caller) ? undefined : spend();
  // Nobody waits for it: at worst one more is counted.
  const giveBack = (): void => {
    if (spending) engine.store.refund(budget, id).catch(() => {});
  };
  const admit: Admit = async (device) => {
    if (device === 'known') return undefined;
    spending ??= spend();
    const spent = await spending;
    if (spent.status === 'spent') return undefined;
    // Each time, as each wrong answer is told: a log that fell silent would look like an attack that ended.
    report(engine, caller, 'challenge_refused', {}, { reason: 'limit failures' });
    return refused('limited', { retryAt: spent.until });
  };
  try {
    const outcome = await judge(admit);
    if (!isWrong(outcome)) giveBack();
    return outcome;
  } catch (error) {
    // Nothing was learned, and the host's outage must not lock a network out that tries on.
    giveBack();
    throw error;
  }
}

function isWrong(outcome: Outcome<unknown>): boolean {
  return (
    outcome.status === 'refused' &&
    (outcome.reason === 'invalid' || outcome.reason === 'credentials')
  );
}

/** Whether this browser completed a sign-in of the user before, forgotten since or not. */
function seemsKnown(engine: Engine, caller: Caller): boolean {
  const tag = parsePointer(caller.pointer)?.tag;
  return tag !== undefined && deviceOf(engine, caller, { tag, endedBefore: 0 }) === 'known';
}
