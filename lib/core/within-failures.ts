import { budgetName } from './draws.ts';
import type { Caller, Engine } from './engine.ts';
import { deviceOf } from './known-device.ts';
import { refused } from './outcome.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { parsePointer } from './pointer.ts';

/** Whether the network of a caller may have one more answer judged. */
export type Admit = () => Promise<Refusal | undefined>;

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
  const tag = parsePointer(caller.pointer)?.tag;
  const isKnown =
    tag !== undefined && deviceOf(engine, caller, { tag, endedBefore: 0 }) === 'known';
  if (network === undefined || isKnown || windows.length === 0) return judge(async () => undefined);
  const budget = { name: budgetName(engine, 'failures', network), windows };
  const id = engine.random.token(16);
  const spending = engine.store.spend(budget, id, engine.now());
  // Whoever is refused before it matters never asks: then this failed for nobody.
  spending.catch(() => {});
  const outcome = await judge(async () => {
    const spent = await spending;
    return spent.status === 'spent' ? undefined : refused('limited', { retryAt: spent.until });
  });
  const wrong =
    outcome.status === 'refused' &&
    (outcome.reason === 'invalid' || outcome.reason === 'credentials');
  // Nobody waits for it: at worst one more is counted.
  if (!wrong) engine.store.refund(budget, id).catch(() => {});
  return outcome;
}
