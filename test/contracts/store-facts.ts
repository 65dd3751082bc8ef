import {
  aMove,
  aRecord,
  aSession,
  anOpen,
  aWrongAttempt,
  LIFETIME,
  pointerTo,
  someFacts,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

/** Facts and moves without an enrollment: remember, outdate. */
export function factsContract(given: Given): void {
  describe('facts', () => {
    it('shows newer facts to every session of the user at once [A21]', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const { userId } = record;
      const other = await aSession(here, { userId });
      await there.remember({ userId, facts: someFacts(1, { mfa: true }) });
      for (const session of [record, other]) {
        expect((await here.session(pointerTo(session))).facts).toEqual(someFacts(1, { mfa: true }));
      }
    });

    it('never lets older facts overwrite newer ones, whoever brings them', async () => {
      const [store] = given();
      const record = await aSession(store, {}, someFacts(7, { mfa: true }));
      const { userId } = record;
      await store.remember({ userId, facts: someFacts(6) });
      await store.begin(aRecord({ userId }), someFacts(6), LIFETIME);
      expect((await store.session(pointerTo(record))).facts).toEqual(someFacts(7, { mfa: true }));
    });

    it('keeps facts that were written before the first session began', async () => {
      const [store] = given();
      const record = aRecord();
      await store.remember({ userId: record.userId, facts: someFacts(2, { mfa: true }) });
      await store.begin(record, someFacts(1), LIFETIME);
      expect((await store.session(pointerTo(record))).facts).toEqual(someFacts(2, { mfa: true }));
    });

    it('moves a session: the old pointer points at nothing, the new one at the new record', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const { userId } = record;
      const session = aMove(record);
      expect(await there.remember({ userId, facts: someFacts(), session })).toBe(true);
      expect(await here.session(pointerTo(record))).toEqual({});
      expect((await here.session(pointerTo(session.record))).record).toEqual(session.record);
    });

    it('moves no session that moved on, and then forgets no failure either', async () => {
      const [store] = given();
      const record = await aSession(store);
      const { userId } = record;
      const challenge = await anOpen(store, record);
      await store.settle(aWrongAttempt(record, challenge));
      const first = aMove(record);
      await store.remember({ userId, facts: someFacts(), session: first });
      const late = {
        userId,
        facts: someFacts(1, { mfa: true }),
        session: aMove(record),
        succeeded: challenge,
      };
      expect(await store.remember(late)).toBe(false);
      const { record: stays, failures } = await store.recall(pointerTo(first.record));
      expect(stays).toEqual(first.record);
      expect(failures).toEqual({ totp: { count: 1, until: 0 } });
      expect((await store.session(pointerTo(first.record))).facts).toEqual(late.facts);
    });

    it('forgets the use that was noted before a move', async () => {
      const [store] = given();
      const record = await aSession(store);
      await store.touch(pointerTo(record), record.seenAt + 60_000);
      const session = aMove({ ...record, seenAt: record.seenAt + 90_000 });
      await store.remember({ userId: record.userId, facts: someFacts(), session });
      const { record: moved } = await store.session(pointerTo(session.record));
      expect(moved?.seenAt).toBe(record.seenAt + 90_000);
    });

    it('counts outdated facts as missing until ones of that version come', async () => {
      const [here, there] = given();
      const record = await aSession(here, {}, someFacts(3));
      const { userId } = record;
      const factsNow = async () => (await here.session(pointerTo(record))).facts;
      expect(await there.outdate(userId, 3)).toBe(true);
      expect(await factsNow()).toEqual(someFacts(3));
      expect(await there.outdate(userId, 4)).toBe(true);
      expect(await factsNow()).toBeUndefined();
      await here.remember({ userId, facts: someFacts(3) });
      expect(await factsNow()).toBeUndefined();
      await here.remember({ userId, facts: someFacts(4) });
      expect(await factsNow()).toEqual(someFacts(4));
    });

    it('outdates nothing on behalf of a session that moved on', async () => {
      const [store] = given();
      const record = await aSession(store);
      const session = aMove({ ...record, secret: aRecord().secret });
      expect(await store.outdate(record.userId, 1, session)).toBe(false);
      expect((await store.session(pointerTo(record))).facts).toEqual(someFacts());
      expect(await store.outdate(record.userId, 1, aMove(record))).toBe(true);
    });
  });
}
