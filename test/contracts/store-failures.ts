import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  aChallenge,
  anAttempt,
  anOpen,
  aSession,
  aUserId,
  aWrongAttempt,
  MINUTE,
  NOW,
  pointerTo,
  RIGHT,
  SECOND,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

const ACCEPTED = { status: 'accepted' };

/** Consecutive failures and the waits that they bring: settle, recall. */
export function failuresContract(given: Given): void {
  describe('failures', () => {
    it('locks the factor for longer with each step, and not before the first [THR-6]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const locks = [
        { count: 2, waitMs: 30 * SECOND },
        { count: 4, waitMs: MINUTE },
      ];
      let now = NOW;
      for (const waitMs of [0, 30 * SECOND, 30 * SECOND, MINUTE, MINUTE]) {
        const challenge = await anOpen(store, record, { createdAt: now, expiresAt: now + MINUTE });
        const wrong = await store.settle(aWrongAttempt(record, challenge, { locks, now }));
        const until = waitMs === 0 ? 0 : now + waitMs;
        expect(wrong).toMatchObject({ status: 'refused', failures: { until } });
        now += waitMs;
      }
    });

    it('counts along what counts for the account, which locks nothing, and forgets both with a success [THR-1] [THR-3]', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const locks = [{ count: 1, waitMs: MINUTE }];
      for (const factor of ['totp', 'email']) {
        const counters = [factor, '*'] as const;
        const challenge = await anOpen(here, record, { factor, counters, authenticator: factor });
        await there.settle(aWrongAttempt(record, challenge, { locks }));
      }
      const lock = { count: 1, until: NOW + MINUTE };
      expect((await here.recall(pointerTo(record))).failures).toEqual({
        totp: lock,
        email: lock,
        '*': { count: 2, until: 0 },
      });
      const now = NOW + MINUTE;
      const challenge = await anOpen(here, record, {
        factor: 'totp',
        counters: ['totp', '*'],
        authenticator: 'totp',
        createdAt: now,
        expiresAt: now + MINUTE,
        expects: RIGHT,
      });
      const attempt = anAttempt(record, challenge, { now, presents: RIGHT });
      expect(await there.settle(attempt)).toEqual(ACCEPTED);
      const moved = attempt.change?.session?.record ?? record;
      expect((await here.recall(pointerTo(moved))).failures).toEqual({ email: lock });
    });

    it('judges nothing while locked, and trying prolongs nothing [THR-8] [A45]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      const locks = [{ count: 1, waitMs: MINUTE }];
      await store.settle(aWrongAttempt(record, challenge, { locks }));
      const locked = { status: 'locked', until: NOW + MINUTE };
      for (const now of [NOW, NOW + 1, NOW + MINUTE - 1]) {
        expect(await store.settle(aWrongAttempt(record, challenge, { locks, now }))).toEqual(
          locked,
        );
        expect(await store.settle(anAttempt(record, challenge, { locks, now }))).toEqual(locked);
      }
      const now = NOW + MINUTE;
      expect(await store.settle(anAttempt(record, challenge, { locks, now }))).toEqual(ACCEPTED);
    });

    it('counts per factor, whatever the session, challenge, authenticator or process [THR-2] [THR-12]', async () => {
      const [here, there] = given();
      const { userId, ...first } = await aSession(here);
      for (const count of [1, 2, 3]) {
        const record = count === 1 ? { userId, ...first } : await aSession(here, { userId });
        const challenge = await anOpen(there, record);
        const wrong = await there.settle(aWrongAttempt(record, challenge));
        expect(wrong).toMatchObject({ failures: { count } });
      }
      const { failures } = await here.recall(pointerTo({ userId, ...first }));
      expect(failures).toEqual({ totp: { count: 3, until: 0 } });
    });

    it('forgets the failures of the factor that succeeded, and no others [THR-3]', async () => {
      const [store] = given();
      const record = await aSession(store);
      for (const factor of ['totp', 'email']) {
        const challenge = await anOpen(store, record, { factor });
        await store.settle(aWrongAttempt(record, challenge));
      }
      const attempt = anAttempt(record, await anOpen(store, record, { factor: 'email' }));
      expect(await store.settle(attempt)).toEqual(ACCEPTED);
      const moved = attempt.change?.session?.record ?? record;
      const { failures } = await store.recall(pointerTo(moved));
      expect(failures).toEqual({ totp: { count: 1, until: 0 } });
    });

    it('forgives one user every failure, lock and wait, keeps all else, and forgives no other', async () => {
      const [here, there] = given();
      const [record, other] = [await aSession(here), await aSession(here)];
      const locks = [{ count: 1, waitMs: MINUTE }];
      const sending = { coolDownMs: [MINUTE], live: 3 };
      for (const { userId, ...rest } of [record, other]) {
        const one = { userId, ...rest };
        for (const factor of ['totp', 'email']) {
          const counters = [`${factor}/known`, '*/known'] as const;
          const challenge = aChallenge(one, { factor, counters });
          await here.open({ challenge, secret: one.secret, sending, now: NOW });
          await here.settle(aWrongAttempt(one, challenge, { locks }));
        }
      }
      await there.forgive(userTag(record.userId));
      await there.forgive(userTag(aUserId()));
      const [forgiven, kept] = await Promise.all(
        [record, other].map((one) => here.recall(pointerTo(one))),
      );
      const { challenges, ...counted } = forgiven ?? { challenges: [] };
      expect(counted).toEqual({ record, failures: {}, rests: {} });
      expect(challenges).toHaveLength(2);
      expect(Object.keys(kept?.failures ?? {})).toHaveLength(3);
      expect(Object.keys(kept?.rests ?? {})).toHaveLength(2);
    });

    it('keeps the failures when all sessions of the user end [THR-2]', async () => {
      const [store] = given();
      const { userId, ...rest } = await aSession(store);
      const record = { userId, ...rest };
      await store.settle(aWrongAttempt(record, await anOpen(store, record)));
      await store.end(userTag(userId), 'all');
      const next = await aSession(store, { userId });
      expect((await store.recall(pointerTo(next))).failures).toEqual({
        totp: { count: 1, until: 0 },
      });
    });
  });
}
