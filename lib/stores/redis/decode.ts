import { safeParse } from 'valibot';
import type { GenericSchema } from 'valibot';

import type { Pointer } from '../../core/pointer.ts';
import type { Challenge, Enrollment, Facts, SessionRecord } from '../../core/vocabulary.ts';
import type { MfaError } from '../../errors.ts';
import { equal } from '../../crypto/equal.ts';
import { userTag } from '../../crypto/user-tag.ts';
import { documents } from '../documents.ts';
import { unavailable } from './unavailable.ts';

/** A user's enrollment. One that was copied from another user is a fault, never this user's. */
export function readEnrollment(userId: string, text: string): Enrollment {
  const enrollment = readDocument(documents.enrollment, text);
  if (enrollment.userId !== userId) throw unreadable();
  return enrollment;
}

export function readFacts(text: string): Facts {
  return readDocument(documents.facts, text);
}

export function readChallenge(text: string): Challenge {
  return readDocument(documents.challenge, text);
}

/** A session record, with the moment of its last use when that was noted beside it. */
export function readRecord(value: string, seen: string | null | undefined): SessionRecord {
  const record = readDocument(documents.record, value);
  return typeof seen === 'string' ? { ...record, seenAt: readNumber(seen) } : record;
}

/** The record if the pointer points at it: same secret, and a record of the user whose tag it is under. */
export function readPointed(
  { tag, secret }: Pointer,
  value: string | null | undefined,
  seen: string | null | undefined,
): SessionRecord | undefined {
  if (typeof value !== 'string') return undefined;
  const record = readRecord(value, seen);
  return equal(record.secret, secret) && userTag(record.userId) === tag ? record : undefined;
}

/** A whole number, which Redis may have kept or answered as text. */
export function readNumber(value: unknown): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw unreadable();
  return number;
}

/** What was read is not what this store writes. */
export function unreadable(): MfaError {
  return unavailable('holds something under the prefix of this store that cannot be read');
}

function readDocument<T>(schema: GenericSchema<unknown, T>, value: string): T {
  const parsed = safeParse(schema, json(value.slice(value.indexOf('{'))));
  if (!parsed.success) throw unreadable();
  return parsed.output;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}
