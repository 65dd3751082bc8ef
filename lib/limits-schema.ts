import { array, optional } from 'valibot';

import { shapes } from './option-shapes.ts';

const { ms, share, shape, whole } = shapes;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST = 1_000_000_000;

const windows = (...initial: readonly { readonly limit: number; readonly windowMs: number }[]) =>
  optional(
    array(
      shape({ limit: whole(1, MOST), windowMs: whole(1000, 31 * DAY) }),
      'must be a list of { limit, windowMs }; an empty one is no limit',
    ),
    [...initial],
  );

/** Bounds and defaults of `limits`. */
export const limitsSchema = shape({
  account: windows({ limit: 6, windowMs: HOUR }, { limit: 15, windowMs: DAY }),
  destination: windows(
    { limit: 5, windowMs: 10 * MINUTE },
    { limit: 5, windowMs: HOUR },
    { limit: 10, windowMs: DAY },
  ),
  network: windows({ limit: 10, windowMs: HOUR }, { limit: 30, windowMs: DAY }),
  destinationsPerNetwork: windows({ limit: 5, windowMs: HOUR }),
  prefix: windows({ limit: 10, windowMs: HOUR }),
  country: windows({ limit: 1000, windowMs: DAY }),
  sms: windows({ limit: 500, windowMs: HOUR }),
  failures: windows({ limit: 30, windowMs: 10 * MINUTE }, { limit: 100, windowMs: HOUR }),
  conversion: optional(shape({ atLeast: ms(50, 1, MOST), share: share(0.3) }), {}),
});
