import {
  array,
  boolean,
  exactOptional,
  looseObject,
  minValue,
  number,
  picklist,
  pipe,
  safeInteger,
  string,
  tupleWithRest,
} from 'valibot';
import type { GenericSchema } from 'valibot';

import type { Challenge, Enrollment, Facts, SessionRecord } from '../core/vocabulary.ts';

const version = pipe(number(), safeInteger(), minValue(0));

// Loose: during a rolling deployment an older process must not drop what a newer one has added.
const enrollment: GenericSchema<unknown, Enrollment> = looseObject({
  userId: string(),
  version,
  mfa: boolean(),
  authenticators: array(
    looseObject({
      id: string(),
      type: string(),
      name: string(),
      secret: string(),
      origin: picklist(['enrolled', 'vouched']),
      state: picklist(['active', 'suspended', 'disabled', 'lapsed']),
      createdAt: number(),
      usedAt: exactOptional(number()),
      madeIn: exactOptional(string()),
    }),
  ),
  endedBefore: number(),
  knownSince: exactOptional(number()),
});

const record: GenericSchema<unknown, SessionRecord> = looseObject({
  id: string(),
  userId: string(),
  secret: string(),
  createdAt: number(),
  seenAt: number(),
  renewedAt: exactOptional(number()),
  device: exactOptional(picklist(['known', 'unknown'])),
  network: exactOptional(string()),
  completed: array(
    looseObject({
      factor: string(),
      authenticator: exactOptional(string()),
      by: picklist(['first-factor', 'enrollment', 'challenge', 'switch']),
      at: number(),
    }),
  ),
});

const facts: GenericSchema<unknown, Facts> = looseObject({
  version,
  mfa: boolean(),
  held: array(looseObject({ id: string(), type: string(), counts: boolean() })),
  endedBefore: number(),
});

const challenge: GenericSchema<unknown, Challenge> = looseObject({
  id: string(),
  userId: string(),
  session: string(),
  purpose: picklist(['prove', 'enroll']),
  factor: string(),
  authenticator: string(),
  createdAt: number(),
  expiresAt: number(),
  tries: number(),
  device: picklist(['known', 'unknown']),
  counters: tupleWithRest([string()], string()),
  expects: exactOptional(string()),
  draft: exactOptional(string()),
  name: exactOptional(string()),
  groups: exactOptional(array(string())),
});

/** What a store keeps as JSON. Nothing is believed that was read back in another shape. */
export const documents = { enrollment, record, facts, challenge } as const;
