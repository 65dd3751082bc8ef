import { randomUUID } from 'node:crypto';

import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  aChallenge,
  aChange,
  anAttempt,
  anEnrollment,
  anOpen,
  aSession,
  MINUTE,
  NOW,
  pointerTo,
  SECOND,
  someFacts,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

/** Steps that move no session, send no message, or find nothing there. */
export function bareStepsContract(given: Given): void {
  describe('a bare step', () => {
    it('saves an enrollment and its facts, and leaves every session where it was', async () => {
      const [store] = given();
      const record = await aSession(store);
      const { session: _, ...change } = aChange(record);
      expect(await store.save(change)).toBe('saved');
      expect(await store.save(change)).toBe('stale');
      expect(await store.enrollment(record.userId)).toEqual(change.next);
      expect(await store.session(pointerTo(record))).toEqual({ record, facts: change.facts });
    });

    it('saves for a user who has no session, and shows the facts to the one that begins then', async () => {
      const [store] = given();
      const next = anEnrollment();
      const facts = someFacts(1, { mfa: true });
      expect(await store.save({ next, facts })).toBe('saved');
      expect(await store.enrollment(next.userId)).toEqual(next);
      const record = await aSession(store, { userId: next.userId }, facts);
      expect(await store.session(pointerTo(record))).toEqual({ record, facts });
    });

    it('settles an answer whose change moves no session, once', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record);
      const { session: _, ...change } = aChange(record);
      const attempt = anAttempt(record, challenge, { change });
      expect(await store.settle(attempt)).toEqual({ status: 'accepted' });
      expect(await store.settle(attempt)).toEqual({ status: 'expired' });
      expect(await store.enrollment(record.userId)).toEqual(change.next);
      expect(await store.session(pointerTo(record))).toEqual({ record, facts: change.facts });
    });

    it('takes back a challenge that sent nothing, and makes nobody wait for the next', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record);
      await store.withdraw(challenge);
      expect((await store.load(pointerTo(record))).challenges).toEqual([]);
      expect(await store.settle(anAttempt(record, challenge))).toEqual({ status: 'expired' });
      const next = aChallenge(record, { authenticator: challenge.authenticator });
      const opening = { challenge: next, secret: record.secret, now: NOW };
      expect(
        await store.open({ ...opening, sending: { coolDownMs: [30 * SECOND], live: 3 } }),
      ).toEqual({
        status: 'opened',
      });
    });

    it('takes back no challenge that took the place of the one that failed', async () => {
      const [store] = given();
      const record = await aSession(store);
      const failed = await anOpen(store, record);
      const next = await anOpen(store, record, { authenticator: failed.authenticator });
      await store.withdraw(failed);
      await store.restore(failed);
      expect((await store.load(pointerTo(record))).challenges).toEqual([next]);
    });

    it('keeps the challenge that took the place of one that succeeded meanwhile', async () => {
      const [store] = given();
      const record = await aSession(store);
      const succeeded = await anOpen(store, record);
      const next = await anOpen(store, record, { authenticator: succeeded.authenticator });
      const { userId } = record;
      expect(await store.remember({ userId, facts: someFacts(), succeeded })).toBe(true);
      expect((await store.load(pointerTo(record))).challenges).toEqual([next]);
    });

    it('counts nothing in a budget that nobody drew on, and gives nothing back to it', async () => {
      const [store] = given();
      const budget = { name: randomUUID(), windows: [{ limit: 1, windowMs: MINUTE }] };
      expect(await store.tally(budget, 0)).toBe(0);
      await store.refund(budget, 'x');
      expect(await store.spend(budget, 'x', NOW)).toEqual({ status: 'spent' });
      expect(await store.tally(budget, 0)).toBe(1);
    });

    it('finds nothing at a pointer of nobody, and notes nothing there', async () => {
      const [store] = given();
      const nobody = pointerTo({ ...(await aSession(store)), id: 'x'.repeat(22) });
      await store.touch(nobody, NOW);
      expect(await store.session(nobody)).toEqual({});
      expect(await store.load(nobody)).toMatchObject({ challenges: [], failures: {} });
      expect((await store.load(nobody)).record).toBeUndefined();
      expect(await store.end(userTag(randomUUID()), 'all')).toEqual([]);
    });
  });
}
