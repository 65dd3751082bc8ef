import type { LimitOptions } from '../../lib/limit-options.ts';

/** For hosts whose tests ask for more, from one address, than anyone may: what limits do has tests of its own. */
export const UNLIMITED = {
  account: [],
  destination: [],
  network: [],
  destinationsPerNetwork: [],
  prefix: [],
  country: [],
  sms: [],
  failures: [],
  conversion: { atLeast: 50, share: 0 },
} satisfies LimitOptions;
