import { randomBytes } from 'node:crypto';

import fc from 'fast-check';

import { factsOf } from '../../lib/core/enrollment.ts';
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

const SETTINGS = {
  locks: [{ count: 1_000_000, waitMs: 1 }],
  hardCap: 100,
  session: { idleMs: 86_400_000, pendingMs: 3_600_000 },
};

/** A user with an app and MFA on, as it is stored; the seed is the same every time. */
async function enrolledOnce(keys: readonly Uint8Array[]) {
  const { engine, ...lab } = startEngine({ ...SETTINGS, keys }, seededRandom('steps 0'));
  const user = lab.user();
  const owner = await lab.signIn(user);
  const seed = await owner.enrollTotp();
  valueOf(await owner.switchMfa(true));
  return { user, seed, enrolled: await engine.store.enrollment(user.id) };
}

describe('the step of an authenticator app', () => {
  it('[REP-1] [REP-2] [A48] [A49] [A50] succeeds at most once, at any times, in all sessions and processes together', async () => {
    // Enrolled once, for the picture of it costs more than all the rest, and known in all its codes.
    const keys = [randomBytes(32)];
    const { user, seed, enrolled } = await enrolledOnce(keys);
    const codes = new Set<string>();
    for (let step = -60; step <= 60; step += 1) codes.add(codeAt(seed, START + step * STEP_MS));
    expect(codes.size).toBe(121);

    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(someUse, { minLength: 2, maxLength: 12 }),
        someSkew,
        async (uses, skew) => {
          const shared = { ...SETTINGS, store: memoryStore(), keys };
          const labs = [startEngine(shared), startEngine(shared)];
          const [first = startEngine()] = labs;
          for (const lab of labs) lab.user(user);
          const next = { ...enrolled, version: 1 };
          await first.engine.store.save({ next, facts: factsOf(next, first.engine.factors) });

          const succeeded = [codeAt(seed, START)];
          const pointers: (string | undefined)[] = [];
          let now = START;
          for (const use of uses) {
            now += use.waitMs;
            for (const [i, { clock }] of labs.entries()) clock.now = now + i * skew;
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
