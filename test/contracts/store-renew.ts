import {
  anEnrollment,
  aMove,
  aRecord,
  aSession,
  aUserId,
  MINUTE,
  NOW,
  pointerTo,
  someFacts,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

/** What a guard does once a minute: renew. */
export function renewContract(given: Given): void {
  describe('renew', () => {
    /** A session whose facts are of version 1, as is its enrollment. */
    async function bound() {
      const [here, there] = given();
      const record = await aSession(here);
      const { userId } = record;
      const enrollment = anEnrollment({ userId });
      await here.save({ next: enrollment, facts: someFacts(1) });
      return { here, there, record, userId, enrollment };
    }

    it('notes when a session was used while its facts are of the version of the enrollment', async () => {
      const { here, there, record, userId } = await bound();
      const known = { userId, version: 1 };
      expect(await there.renew(pointerTo(record), known, NOW + MINUTE)).toBeUndefined();
      expect(await here.session(pointerTo(record))).toEqual({
        record: { ...record, seenAt: NOW + MINUTE },
        facts: someFacts(1),
      });
    });

    it('takes no enrollment at all for version 0', async () => {
      const [store] = given();
      const record = await aSession(store);
      const { userId } = record;
      const at = pointerTo(record);
      expect(await store.renew(at, { userId, version: 0 }, NOW + MINUTE)).toBeUndefined();
      expect((await store.session(at)).record?.seenAt).toBe(NOW + MINUTE);
      expect(await store.renew(at, { userId, version: 1 }, NOW + 2 * MINUTE)).toMatchObject({
        userId,
        version: 0,
        authenticators: [],
      });
      expect((await store.session(at)).record?.seenAt).toBe(NOW + MINUTE);
    });

    it.each([0, 2, 9])(
      'answers the enrollment and notes nothing when it is known of version %i only [STO-10]',
      async (version) => {
        const { here, there, record, userId, enrollment } = await bound();
        const known = { userId, version };
        expect(await there.renew(pointerTo(record), known, NOW + MINUTE)).toEqual(enrollment);
        expect((await here.session(pointerTo(record))).record).toEqual(record);
      },
    );

    it('notes no use by a pointer that points at nothing', async () => {
      const { here, record, userId } = await bound();
      const known = { userId, version: 1 };
      const stranger = { ...pointerTo(record), secret: aRecord().secret };
      expect(await here.renew(stranger, known, NOW + MINUTE)).toBeUndefined();
      expect((await here.session(pointerTo(record))).record).toEqual(record);
      const session = aMove(record);
      await here.remember({ userId, facts: someFacts(1), session });
      await here.renew(pointerTo(record), known, NOW + MINUTE);
      expect(await here.sessions(userId)).toEqual([session.record]);
    });

    it('brings no session and no user back', async () => {
      const [store] = given();
      const nobody = aRecord({ userId: aUserId() });
      const known = { userId: nobody.userId, version: 0 };
      expect(await store.renew(pointerTo(nobody), known, NOW)).toBeUndefined();
      expect(await store.session(pointerTo(nobody))).toEqual({});
      expect(await store.sessions(nobody.userId)).toEqual([]);
    });
  });
}
