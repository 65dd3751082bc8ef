import { emptyEnrollment } from '../../lib/core/enrollment.ts';
import {
  aChange,
  anAuthenticator,
  anEnrollment,
  aMove,
  aRecord,
  aSession,
  aUserId,
  pointerTo,
  someFacts,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

/** The durable document: enrollment, save, load. */
export function enrollmentContract(given: Given): void {
  describe('enrollment', () => {
    it('answers the empty enrollment for a user who never bound anything', async () => {
      const [store] = given();
      const userId = aUserId();
      expect(await store.enrollment(userId)).toEqual(emptyEnrollment(userId));
    });

    it('gives back word for word what was saved, to every process', async () => {
      const [here, there] = given();
      const next = anEnrollment({
        endedBefore: 1_999_999_999_999,
        knownSince: 1_888_888_888_888,
        authenticators: [
          anAuthenticator({ usedAt: 9_007_199_254_740_991 }),
          anAuthenticator({ name: '"}{ \u0000 \ud800 名', state: 'disabled', origin: 'vouched' }),
        ],
      });
      expect(await here.save({ next, facts: someFacts(1) })).toBe('saved');
      expect(await there.enrollment(next.userId)).toEqual(next);
    });

    it('loads the enrollment together with the session', async () => {
      const [store] = given();
      const record = await aSession(store);
      const next = anEnrollment({ userId: record.userId });
      await store.save({ next, facts: someFacts(1) });
      expect(await store.load(pointerTo(record))).toEqual({
        enrollment: next,
        record,
        challenges: [],
        failures: {},
        rests: {},
      });
    });

    it.each([0, 1, 3, 4])('takes no version %i when 1 is stored', async (version) => {
      const [store] = given();
      const record = await aSession(store);
      const { userId } = record;
      const first = anEnrollment({ userId });
      await store.save({ next: first, facts: someFacts(1) });
      const next = anEnrollment({ userId, version, mfa: false });
      const change = { next, facts: someFacts(next.version), session: aMove(record) };
      expect(await store.save(change)).toBe('stale');
      expect(await store.enrollment(userId)).toEqual(first);
      expect((await store.session(pointerTo(record))).record).toEqual(record);
    });

    it('writes the facts and moves the session in the same step [A21]', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const other = await aSession(here, { userId: record.userId });
      const change = aChange(record);
      expect(await there.save(change)).toBe('saved');
      expect(await here.session(pointerTo(record))).toEqual({});
      const { facts } = change;
      expect(await here.session(pointerTo(change.session.record))).toEqual({
        record: change.session.record,
        facts,
      });
      expect((await here.session(pointerTo(other))).facts).toEqual(facts);
    });

    it('saves nothing for a session that moved on', async () => {
      const [store] = given();
      const record = await aSession(store);
      const stranger = { ...record, secret: aRecord().secret };
      expect(await store.save(aChange(stranger))).toBe('ended');
      expect(await store.enrollment(record.userId)).toEqual(emptyEnrollment(record.userId));
      expect(await store.session(pointerTo(record))).toEqual({ record, facts: someFacts() });
    });
  });
}
