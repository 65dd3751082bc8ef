import type { LockStep, Move, Attempt, Change, Store } from '../../lib/core/ports.ts';
import type { Pointer } from '../../lib/core/pointer.ts';
import type {
  Authenticator,
  Challenge,
  Enrollment,
  Facts,
  SessionRecord,
} from '../../lib/core/vocabulary.ts';
import { systemRandom } from '../../lib/crypto/random.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';

/** Two ways to the same state, as two processes have them. */
export type Stores = readonly [Store, Store];

/** Asked for inside a test: what `beforeAll` has opened. */
export type Given = () => Stores;

/** Years away from the servers' own clock: expiry goes by the time that a verb is given. */
export const NOW = Date.UTC(2031, 0, 1, 12);
export const SECOND = 1_000;
export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const LIFETIME = { keepMs: DAY, limit: 100 };
export const LOCKS: readonly LockStep[] = [
  { count: 5, waitMs: 30 * SECOND },
  { count: 10, waitMs: 15 * MINUTE },
];

const token = systemRandom.token;

/** An id that would break a hash tag, a pattern or a path that it became part of. */
export function aUserId(): string {
  return `{user}*/../${token(12)}`;
}

export function aRecord(over: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: token(16),
    userId: aUserId(),
    secret: token(32),
    createdAt: NOW,
    seenAt: NOW,
    completed: [{ factor: 'password', by: 'first-factor', at: NOW }],
    ...over,
  };
}

export function someFacts(version = 0, over: Partial<Facts> = {}): Facts {
  return { version, mfa: false, held: [], endedBefore: 0, ...over };
}

export function anEnrollment(over: Partial<Enrollment> = {}): Enrollment {
  return {
    userId: aUserId(),
    version: 1,
    mfa: true,
    authenticators: [],
    endedBefore: 0,
    ...over,
  };
}

export function anAuthenticator(over: Partial<Authenticator> = {}): Authenticator {
  return {
    id: token(16),
    type: 'totp',
    name: 'phone',
    secret: `v1.k.${token(60)}`,
    origin: 'enrolled',
    state: 'active',
    createdAt: NOW,
    ...over,
  };
}

export function aChallenge(record: SessionRecord, over: Partial<Challenge> = {}): Challenge {
  return {
    id: token(32),
    userId: record.userId,
    session: record.id,
    purpose: 'prove',
    factor: 'totp',
    authenticator: token(16),
    createdAt: NOW,
    expiresAt: NOW + 10 * MINUTE,
    tries: 5,
    device: 'unknown',
    counters: [over.factor ?? 'totp'],
    ...over,
  };
}

/** What a right answer presents to a challenge that was made with `{ expects: RIGHT }`. */
export const RIGHT = `k1.${token(32)}`;
export const WRONG = `k1.${token(32)}`;

export function pointerTo(record: SessionRecord): Pointer {
  return { tag: userTag(record.userId), id: record.id, secret: record.secret };
}

/** The session under a new secret, with one factor more. */
export function aMove(record: SessionRecord): Move & { readonly record: SessionRecord } {
  const completed = [
    ...record.completed,
    { factor: 'totp', authenticator: 'a1', by: 'challenge', at: NOW } as const,
  ];
  return { secret: record.secret, record: { ...record, secret: token(32), completed } };
}

/** From `version` to the next, with the session moved. */
export function aChange(
  record: SessionRecord,
  version = 0,
): Change & { readonly session: Move & { readonly record: SessionRecord } } {
  return {
    next: anEnrollment({ userId: record.userId, version: version + 1 }),
    facts: someFacts(version + 1, { mfa: true }),
    session: aMove(record),
  };
}

/** An answer that was judged right. */
export function anAttempt(
  record: SessionRecord,
  challenge: Challenge,
  over: Partial<Attempt> = {},
): Attempt {
  return {
    challenge,
    secret: record.secret,
    ok: true,
    ...(challenge.expects === undefined ? {} : { presents: challenge.expects }),
    change: aChange(record),
    locks: LOCKS,
    now: NOW,
    ...over,
  };
}

/** An answer that `judge` found wrong. */
export function aWrongAttempt(
  record: SessionRecord,
  challenge: Challenge,
  over: Partial<Attempt> = {},
): Attempt {
  const { change: _, ...attempt } = anAttempt(record, challenge);
  return { ...attempt, ok: false, ...over };
}

/** A session that has begun. */
export async function aSession(
  store: Store,
  over: Partial<SessionRecord> = {},
  facts: Facts = someFacts(),
): Promise<SessionRecord> {
  const record = aRecord(over);
  await store.begin(record, facts, LIFETIME);
  return record;
}

/** A challenge that is open in a session. */
export async function anOpen(
  store: Store,
  record: SessionRecord,
  over: Partial<Challenge> = {},
): Promise<Challenge> {
  const challenge = aChallenge(record, over);
  const opened = await store.open({ challenge, secret: record.secret, now: challenge.createdAt });
  if (opened.status !== 'opened') throw new Error(`The challenge was not opened: ${opened.status}`);
  return challenge;
}

/** Runs `work` so many times at once, in turns on both stores. */
export function atOnce<T>(
  stores: Stores,
  times: number,
  work: (store: Store, index: number) => Promise<T>,
): Promise<T[]> {
  return Promise.all(
    Array.from({ length: times }, (_, index) => work(stores[index % 2 === 0 ? 0 : 1], index)),
  );
}

/** A race proves little once. */
export async function repeated(times: number, race: () => Promise<void>): Promise<void> {
  for (let round = 0; round < times; round += 1) await race();
}

/** How often each status occurs. */
export function tally(outcomes: readonly { readonly status: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
