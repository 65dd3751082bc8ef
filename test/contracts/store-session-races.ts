import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  aChallenge,
  aChange,
  aMove,
  anAttempt,
  aWrongAttempt,
  anOpen,
  aRecord,
  aSession,
  atOnce,
  aUserId,
  DAY,
  LIFETIME,
  NOW,
  pointerTo,
  repeated,
  someFacts,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

/** What must hold of sessions and facts when many ask at once, from two processes. */
export function sessionRacesContract(given: Given): void {
  describe('races of sessions', () => {
    it('moves a session to one of 20 new places', async () => {
      const stores = given();
      await repeated(6, async () => {
        const record = await aSession(stores[0]);
        const { userId } = record;
        const moves = Array.from({ length: 20 }, () => aMove(record));
        const moved = await atOnce(stores, 20, (store, i) =>
          store.remember({ userId, facts: someFacts(), session: moves[i] ?? aMove(record) }),
        );
        expect(moved.filter(Boolean)).toHaveLength(1);
        const winner = moves[moved.indexOf(true)]?.record ?? record;
        expect((await stores[0].session(pointerTo(winner))).record).toEqual(winner);
        expect(await stores[0].sessions(userId)).toHaveLength(1);
      });
    });

    it('keeps to the limit, and every caller alive, when 30 sessions begin at once', async () => {
      const stores = given();
      await repeated(3, async () => {
        const userId = aUserId();
        await atOnce(stores, 30, (store, i) =>
          store.begin(aRecord({ userId, createdAt: NOW + i }), someFacts(), {
            keepMs: DAY,
            limit: 10,
          }),
        );
        expect(await stores[0].sessions(userId)).toHaveLength(10);
      });
    });

    it('keeps the newest of 20 facts that come in any order', async () => {
      const stores = given();
      await repeated(6, async () => {
        const record = await aSession(stores[0]);
        const versions = Array.from({ length: 20 }, (_, i) => ((i * 7) % 20) + 1);
        await atOnce(stores, 20, (store, i) =>
          store.remember({ userId: record.userId, facts: someFacts(versions[i]) }),
        );
        const { facts } = await stores[0].session(pointerTo(record));
        expect(facts?.version).toBe(20);
      });
    });

    it('leaves nothing of a session that ends while it is used in every way [SES-2] [A26]', async () => {
      const stores = given();
      await repeated(10, async () => {
        const record = await aSession(stores[0]);
        const { userId } = record;
        const challenge = await anOpen(stores[0], record);
        const change = aChange(record);
        await atOnce(stores, 20, async (store, i) => {
          if (i === 9) return store.end(userTag(userId), [record.id]);
          if (i % 4 === 0) return store.touch(pointerTo(record), NOW + i);
          if (i % 4 === 1) return store.settle(anAttempt(record, challenge, { change }));
          if (i % 4 === 2) return store.open({ challenge: aChallenge(record), ...opening(record) });
          return store.remember({ userId, facts: someFacts(1), session: aMove(record) });
        });
        expect(await stores[1].sessions(userId)).toEqual([]);
        expect(await stores[1].session(pointerTo(record))).toEqual({});
        // Whoever signs in next under this very id finds no challenge of the one before.
        await stores[0].begin(record, someFacts(), LIFETIME);
        expect((await stores[0].recall(pointerTo(record))).challenges).toEqual([]);
      });
    });

    it('brings nothing back of a user who is erased while a session is used in every way [LOG-6]', async () => {
      const stores = given();
      await repeated(6, async () => {
        const record = await aSession(stores[0]);
        const { userId } = record;
        const challenge = await anOpen(stores[0], record);
        await stores[0].settle(aWrongAttempt(record, challenge));
        await atOnce(stores, 20, async (store, i) => {
          if (i === 9) return store.erase(userTag(userId));
          if (i % 4 === 0) return store.touch(pointerTo(record), NOW + i);
          if (i % 4 === 1) return store.settle(anAttempt(record, challenge));
          if (i % 4 === 2) return store.open({ challenge: aChallenge(record), ...opening(record) });
          return store.save(aChange(record));
        });
        expect(await stores[1].sessions(userId)).toEqual([]);
        await stores[0].begin(record, someFacts(), LIFETIME);
        expect(await stores[1].recall(pointerTo(record))).toEqual({
          record,
          challenges: [],
          failures: {},
          rests: {},
        });
      });
    });
  });
}

function opening(record: { readonly secret: string }) {
  return { secret: record.secret, now: NOW };
}
