import fc from 'fast-check';

import { inspect } from '../../lib/core/commands/inspect.ts';
import { formatPointer } from '../../lib/core/pointer.ts';
import type { Requirement } from '../../lib/core/policy.ts';
import type { Completed, Facts, SessionRecord } from '../../lib/core/vocabulary.ts';
import { someCompleted, someTime, TYPES } from '../core/arbitraries.ts';
import { facts, held, LIFETIMES, PASSWORD, proved, record } from '../core/builders.ts';
import { DAY, HOUR, MINUTE, START, startEngine } from '../core/engine.ts';
import { runs } from './runs.ts';

/** A session that a pointer can point at. */
function aRecord(completed: readonly Completed[], times: Partial<SessionRecord> = {}) {
  return record(completed, { ...times, id: 'r'.repeat(22), secret: 's'.repeat(43) });
}

/** A password, and often the code of an app: of what is drawn at random hardly anything is worth level 2. */
const someLogin: fc.Arbitrary<Completed[]> = fc
  .tuple(
    someTime.map((at) => proved('password', 'first-factor', { at })),
    fc.oneof(
      someTime.map((at) => proved('totp', 'challenge', { at })),
      someCompleted,
    ),
    fc.array(someCompleted, { maxLength: 3 }),
  )
  .map(([first, next, more]) => [first, next, ...more]);
const someRecord: fc.Arbitrary<SessionRecord> = fc
  .record(
    {
      completed: fc.oneof(fc.array(someCompleted, { maxLength: 5 }), someLogin),
      createdAt: someTime,
      seenAt: someTime,
      renewedAt: someTime,
    },
    { requiredKeys: ['completed', 'createdAt', 'seenAt'] },
  )
  .map(({ completed, ...times }) => aRecord(completed, times));
const someFacts: fc.Arbitrary<Facts> = fc.record({
  version: fc.constant(0),
  mfa: fc.boolean(),
  held: fc.subarray(TYPES.slice(1).map((type) => held(type))),
  endedBefore: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, someTime),
});
const someRequirement: fc.Arbitrary<Requirement> = fc.record(
  {
    maxAgeMs: fc.integer({ min: 0, max: HOUR }),
    enrolled: fc.boolean(),
    aal: fc.constant(2 as const),
  },
  { requiredKeys: [] },
);

/** What is rare among all that is drawn: who gets through at level 2, and a fresh mail beside an app that is not. */
const FACTS = facts({ version: 0, held: [held('totp'), held('email')] });
const OLD_APP = proved('totp', 'challenge', { at: START - 2 * MINUTE });
const RARE: [SessionRecord, Facts, Requirement, number][] = [
  [aRecord([PASSWORD, OLD_APP]), FACTS, { aal: 2 }, START],
  [
    aRecord([PASSWORD, OLD_APP, proved('email', 'challenge')]),
    FACTS,
    { aal: 2, maxAgeMs: MINUTE },
    START,
  ],
];

/** What the documents say of who gets through, in their order and by none of the library’s functions. */
function mayPass(session: SessionRecord, known: Facts, asked: Requirement, now: number): boolean {
  const began = session.renewedAt === undefined ? session.createdAt : session.renewedAt;
  const isLive =
    !(began < known.endedBefore) &&
    now < session.createdAt + LIFETIMES.overallMs &&
    now < session.seenAt + LIFETIMES.idleMs;
  if (!isLive) return false;

  const opened = new Set<string>();
  for (const { by, factor } of session.completed) if (by === 'first-factor') opened.add(factor);
  const ids = new Set(known.held.map(({ id }) => id));
  const second: Completed[] = [];
  for (const one of session.completed) {
    const isGone = one.authenticator !== undefined && !ids.has(one.authenticator);
    if (one.by !== 'first-factor' && !opened.has(one.factor) && !isGone) second.push(one);
  }

  const isAsked = known.mfa && known.held.filter(({ counts }) => counts).length > 0;
  if (isAsked && second.length === 0) return false;
  // Level 2 takes a password and an app: no mail, no recovery code and nothing that was only switched on.
  const isHigh = asked.aal === 2;
  const apps = second.filter(({ factor }) => factor === 'totp');
  const shown = apps.filter(({ by }) => by !== 'switch');
  if (isHigh && !(opened.has('password') && shown.length > 0)) return false;
  if (asked.enrolled === true && !isAsked) return false;
  if (asked.maxAgeMs === undefined) return true;
  const youngest = (isHigh ? apps : second)
    .filter(({ by }) => by === 'challenge')
    .reduce((latest, { at }) => Math.max(latest, at), -Infinity);
  return now - youngest < asked.maxAgeMs;
}

describe('the guard', () => {
  it('[GRD-1] [SES-3] [SES-5] lets through exactly who is live, has every factor, at the level asked for, and proved it recently enough', async () => {
    const seen = { true: 0, false: 0, high: 0 };
    await fc.assert(
      fc.asyncProperty(
        someRecord,
        someFacts,
        someRequirement,
        fc.integer({ min: START - MINUTE, max: START + HOUR }),
        async (session, known, requirement, now) => {
          const { engine: made, clock } = startEngine();
          const engine = { ...made, settings: { ...made.settings, lifetimes: LIFETIMES } };
          clock.now = now;
          await engine.store.begin(session, known, { keepMs: DAY, limit: 5 });
          const { id, secret, userId } = session;
          const pointer = formatPointer({ tag: engine.tag(userId), id, secret });
          const outcome = await inspect(engine, { pointer }, requirement);
          const expected = mayPass(session, known, requirement, now);
          seen[`${expected}`] += 1;
          if (expected && requirement.aal === 2) seen.high += 1;
          expect(outcome.status).toBe(expected ? 'done' : 'refused');
        },
      ),
      { ...runs(500), examples: RARE },
    );
    expect(Math.min(seen.true, seen.false, seen.high)).toBeGreaterThan(0);
  });
});
