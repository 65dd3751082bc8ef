import fc from 'fast-check';

import { inspect } from '../../lib/core/commands/inspect.ts';
import { formatPointer } from '../../lib/core/pointer.ts';
import type { Requirement } from '../../lib/core/policy.ts';
import type { Completed, Facts, SessionRecord } from '../../lib/core/vocabulary.ts';
import { someCompleted, someRequirement, someTime, TYPES } from '../core/arbitraries.ts';
import { held, LIFETIMES, record } from '../core/builders.ts';
import { DAY, HOUR, MINUTE, START, startEngine } from '../core/engine.ts';
import { runs } from './runs.ts';

const someRecord: fc.Arbitrary<SessionRecord> = fc
  .record(
    {
      completed: fc.array(someCompleted, { maxLength: 5 }),
      createdAt: someTime,
      seenAt: someTime,
      renewedAt: someTime,
    },
    { requiredKeys: ['completed', 'createdAt', 'seenAt'] },
  )
  .map(({ completed, ...times }) =>
    record(completed, { ...times, id: 'r'.repeat(22), secret: 's'.repeat(43) }),
  );
const someFacts: fc.Arbitrary<Facts> = fc.record({
  version: fc.constant(0),
  mfa: fc.boolean(),
  held: fc.subarray(TYPES.slice(1).map((type) => held(type))),
  endedBefore: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, someTime),
});

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
  if (asked.enrolled === true && !isAsked) return false;
  if (asked.maxAgeMs === undefined) return true;
  const youngest = second
    .filter(({ by }) => by === 'challenge')
    .reduce((latest, { at }) => Math.max(latest, at), -Infinity);
  return now - youngest < asked.maxAgeMs;
}

describe('the guard', () => {
  it('[GRD-1] [SES-3] lets through exactly who is live, has every factor and proved it recently enough', async () => {
    const seen = { true: 0, false: 0 };
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
          expect(outcome.status).toBe(expected ? 'done' : 'refused');
        },
      ),
      runs(500),
    );
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(0);
  });
});
