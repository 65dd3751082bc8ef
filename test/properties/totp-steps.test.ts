import { randomBytes } from 'node:crypto';

import fc from 'fast-check';

import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt, STEP_MS } from '../factors/hotp.ts';
import { START, startEngine, valueOf, Visit } from '../core/engine.ts';
import { seededRandom } from '../core/seeded-random.ts';
import { runs } from './runs.ts';

/** One use of the app: at which process and session, after how long, with the code of which step. */
const someUse = fc.record({
  process: fc.nat(1),
  session: fc.nat(2),
  waitMs: fc.oneof(fc.integer({ min: 0, max: STEP_MS }), fc.integer({ min: -90_000, max: 90_000 })),
  ahead: fc.integer({ min: -2, max: 2 }),
  times: fc.integer({ min: 1, max: 3 }),
});
const someSkew = fc.integer({ min: -STEP_MS, max: STEP_MS });

describe('the step of an authenticator app', () => {
  it('[REP-1] [REP-2] [A48] [A49] [A50] succeeds at most once, at any times, in all sessions and processes together', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(someUse, { minLength: 2, maxLength: 12 }),
        someSkew,
        async (uses, skew) => {
          const shared = {
            store: memoryStore(),
            keys: [randomBytes(32)],
            locks: [{ count: 1_000_000, waitMs: 1 }],
            hardCap: 100,
            session: { idleMs: 86_400_000, pendingMs: 3_600_000 },
          };
          // The same seed every time, so that it is known which codes it shows.
          const labs = [0, 1].map((n) => startEngine(shared, seededRandom(`steps ${n}`)));
          const [first = startEngine(), second = startEngine()] = labs;
          const user = first.user();
          second.user(user);
          const owner = await first.signIn(user);
          const seed = await owner.enrollTotp();
          valueOf(await owner.switchMfa(true));
          const codes = new Set<string>();
          for (let step = -60; step <= 60; step += 1)
            codes.add(codeAt(seed, START + step * STEP_MS));
          expect(codes.size).toBe(121);

          const succeeded = [codeAt(seed, START)];
          const pointers: (string | undefined)[] = [];
          let now = START;
          for (const use of uses) {
            now += use.waitMs;
            first.clock.now = now;
            second.clock.now = now + skew;
            const lab = labs[use.process] ?? first;
            const visit = new Visit(lab);
            visit.pointer = pointers[use.session] ?? (await lab.signIn(user)).pointer;
            const challenge = await visit.challenge('totp');
            if (challenge.status === 'refused') continue;
            const code = codeAt(seed, now + use.ahead * STEP_MS);
            const twins = Array.from({ length: use.times }, () => visit.twin());
            const outcomes = await Promise.all(
              twins.map((twin) => twin.answer(challenge.value.id, code)),
            );
            const won = twins.filter((_, i) => outcomes[i]?.status === 'done');
            succeeded.push(...won.map(() => code));
            pointers[use.session] = won[0]?.pointer ?? visit.pointer;
          }
          accepted += succeeded.length - 1;
          expect(new Set(succeeded).size).toBe(succeeded.length);
        },
      ),
      runs(),
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
