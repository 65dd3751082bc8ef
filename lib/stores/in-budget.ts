import type { Store } from '../core/ports.ts';
import { MfaError } from '../errors.ts';
import { within } from './within.ts';

const DEFAULT_MS = 1_000;

/**
 * A store for one request: all that it is asked for may together take no longer than its
 * `requestMs`. Commands that are slow, each within its own limit, add up to an outage all the same.
 * The time of the host's functions in between does not count. `clock` counts milliseconds.
 *
 * @throws MfaError `store_unavailable`, from every verb
 */
export function inBudget(store: Store, clock: () => number): Store {
  const { requestMs = DEFAULT_MS } = store;
  let left = requestMs;
  let running = 0;
  let since = 0;
  const late = (): MfaError =>
    new MfaError(
      'store_unavailable',
      `The store took more than ${requestMs} ms for one request. Nothing was granted; see how fast and how far away it is.`,
    );
  const timed =
    (verb: Verb) =>
    async (...args: unknown[]): Promise<unknown> => {
      if (running === 0) since = clock();
      const rest = left - (clock() - since);
      // What is begun now might come true, and nobody would wait for its answer.
      if (rest <= 0) throw late();
      running += 1;
      try {
        return await within(rest, () => verb.apply(store, args), late);
      } finally {
        running -= 1;
        // What runs at the same time takes that time once.
        if (running === 0) left -= clock() - since;
      }
    };
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? timed(value as Verb) : value;
    },
  });
}

type Verb = (...args: unknown[]) => Promise<unknown>;
