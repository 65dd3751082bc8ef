import { setImmediate as immediate } from 'node:timers/promises';

import {
  aChallenge,
  aChange,
  anAttempt,
  anOpen,
  aRecord,
  aSession,
  atOnce,
  aUserId,
  aWrongAttempt,
  LOCKS,
  MINUTE,
  NOW,
  pointerTo,
  repeated,
  RIGHT,
  SECOND,
  tally,
  WRONG,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

/** What must hold when many ask at once, from two processes. */
export function racesContract(given: Given): void {
  describe('races', () => {
    it('accepts one of 50 right answers at once [REP-1] [A02]', async () => {
      const stores = given();
      await repeated(6, async () => {
        const record = await aSession(stores[0]);
        const challenge = await anOpen(stores[0], record, { expects: RIGHT });
        const settled = await atOnce(stores, 50, (store) =>
          store.settle(anAttempt(record, challenge)),
        );
        expect(tally(settled)).toEqual({ accepted: 1, expired: 49 });
        const { version } = await stores[1].enrollment(record.userId);
        expect(version).toBe(1);
      });
    });

    it('judges 5 of 200 wrong answers at once, and counts each of them [VER-1] [A01]', async () => {
      const stores = given();
      await repeated(3, async () => {
        const record = await aSession(stores[0]);
        const challenge = await anOpen(stores[0], record, { expects: RIGHT });
        const settled = await atOnce(stores, 200, (store) =>
          store.settle(anAttempt(record, challenge, { presents: WRONG })),
        );
        expect(tally(settled)).toEqual({ refused: 5, locked: 195 });
        const { failures, challenges } = await stores[1].recall(pointerTo(record));
        expect(failures).toEqual({ totp: { count: 5, until: NOW + 30 * SECOND } });
        expect(challenges).toEqual([]);
      });
    });

    it('judges no more of a challenge than its tries when no lock helps [VER-1] [THR-4]', async () => {
      const stores = given();
      await repeated(3, async () => {
        const record = await aSession(stores[0]);
        const challenge = await anOpen(stores[0], record);
        const settled = await atOnce(stores, 60, (store) =>
          store.settle(aWrongAttempt(record, challenge, { locks: [] })),
        );
        expect(tally(settled)).toEqual({ refused: 5, expired: 55 });
        const { failures } = await stores[0].recall(pointerTo(record));
        expect(failures['totp']?.count).toBe(5);
      });
    });

    it('judges 5 in all, over however many challenges and sessions [THR-2] [A04]', async () => {
      const stores = given();
      await repeated(3, async () => {
        const userId = aUserId();
        const opened = await atOnce(stores, 20, async (store) => {
          const record = await aSession(store, { userId });
          return { record, challenge: await anOpen(store, record) };
        });
        const settled = await Promise.all(
          opened.flatMap(({ record, challenge }) =>
            [0, 1, 2, 3, 4].map((i) =>
              stores[i % 2 === 0 ? 0 : 1].settle(aWrongAttempt(record, challenge)),
            ),
          ),
        );
        expect(tally(settled)).toEqual({ refused: 5, locked: 95 });
      });
    });

    it('accepts a right answer in a burst of wrong ones once or not at all [VER-1] [A05]', async () => {
      const stores = given();
      for (const place of [0, 4, 5, 30, 99]) {
        const record = await aSession(stores[0]);
        const challenge = await anOpen(stores[0], record, { expects: RIGHT });
        const settled = await atOnce(stores, 100, (store, i) =>
          store.settle(
            anAttempt(record, challenge, i === place ? {} : { presents: WRONG, locks: LOCKS }),
          ),
        );
        const { accepted = 0, refused = 0 } = tally(settled);
        expect(accepted).toBeLessThanOrEqual(1);
        expect(accepted + refused).toBeLessThanOrEqual(5);
        expect(accepted === 1 || refused === 5).toBe(true);
      }
    });

    it('accepts answers one by one when all would change the enrollment [VER-4]', async () => {
      const stores = given();
      await repeated(3, async () => {
        const userId = aUserId();
        const opened = await atOnce(stores, 20, async (store) => {
          const record = await aSession(store, { userId });
          return { record, challenge: await anOpen(store, record) };
        });
        const settled = await atOnce(stores, 20, async (store, i) => {
          const { record, challenge } = opened[i] ?? { record: aRecord(), challenge: undefined };
          return store.settle(anAttempt(record, challenge ?? aChallenge(record)));
        });
        expect(tally(settled)).toEqual({ accepted: 1, stale: 19 });
        expect((await stores[0].enrollment(userId)).version).toBe(1);
        const kept = await Promise.all(
          opened.map(async ({ record }) => (await stores[1].recall(pointerTo(record))).challenges),
        );
        expect(kept.flat()).toHaveLength(19);
      });
    });

    it('keeps one of 20 challenges that are opened in one slot at once [REP-8]', async () => {
      const stores = given();
      await repeated(6, async () => {
        const record = await aSession(stores[0]);
        const { authenticator } = aChallenge(record);
        await atOnce(stores, 20, (store) => anOpen(store, record, { authenticator }));
        expect((await stores[0].recall(pointerTo(record))).challenges).toHaveLength(1);
      });
    });

    it('lets one of 20 sends at once pass [A07]', async () => {
      const stores = given();
      await repeated(6, async () => {
        const record = await aSession(stores[0]);
        const { authenticator } = aChallenge(record);
        const opened = await atOnce(stores, 20, (store) =>
          store.open({
            challenge: aChallenge(record, { authenticator }),
            secret: record.secret,
            now: NOW,
            sending: { coolDownMs: [MINUTE], live: 3 },
          }),
        );
        expect(tally(opened)).toEqual({ opened: 1, cooling: 19 });
      });
    });

    it('saves one of 20 changes of the same version', async () => {
      const stores = given();
      await repeated(6, async () => {
        const userId = aUserId();
        const records = await atOnce(stores, 20, (store) => aSession(store, { userId }));
        const saved = await atOnce(stores, 20, async (store, i) => ({
          status: await store.save(aChange(records[i] ?? aRecord())),
        }));
        expect(tally(saved)).toEqual({ saved: 1, stale: 19 });
      });
    });

    it('never gives out a challenge twice when it is taken and given back at once', async () => {
      const stores = given();
      await repeated(6, async () => {
        const record = await aSession(stores[0]);
        const challenge = await anOpen(stores[0], record, { expects: RIGHT });
        const { change: _, ...attempt } = anAttempt(record, challenge);
        let held = 0;
        let mostHeld = 0;
        await atOnce(stores, 30, async (store) => {
          if ((await store.settle(attempt)).status !== 'accepted') return;
          held += 1;
          mostHeld = Math.max(mostHeld, held);
          await immediate();
          held -= 1;
          await store.restore(challenge);
        });
        expect(mostHeld).toBe(1);
        expect((await stores[1].recall(pointerTo(record))).challenges).toEqual([challenge]);
      });
    });
  });
}
