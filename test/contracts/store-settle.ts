import type { Challenge } from '../../lib/core/vocabulary.ts';
import {
  aChallenge,
  aChange,
  anAttempt,
  anEnrollment,
  anOpen,
  aRecord,
  aSession,
  aUserId,
  aWrongAttempt,
  MINUTE,
  NOW,
  pointerTo,
  RIGHT,
  someFacts,
  WRONG,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

const EXPIRED = { status: 'expired' };
const ACCEPTED = { status: 'accepted' };

/** Decisions, one after the other: settle, restore. The races are in `store-races`. */
export function settleContract(given: Given): void {
  describe('settle', () => {
    it('makes the whole change come true with a right answer', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const challenge = await anOpen(here, record, { expects: RIGHT });
      const change = aChange(record);
      expect(await there.settle(anAttempt(record, challenge, { change }))).toEqual(ACCEPTED);
      expect(await here.session(pointerTo(record))).toEqual({});
      expect(await here.load(pointerTo(change.session.record))).toEqual({
        record: change.session.record,
        enrollment: change.next,
        challenges: [],
        failures: {},
        rests: {},
      });
      expect((await here.session(pointerTo(change.session.record))).facts).toEqual(change.facts);
    });

    it('accepts an answer once [REP-1]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      const attempt = anAttempt(record, challenge);
      expect(await store.settle(attempt)).toEqual(ACCEPTED);
      const moved = attempt.change?.session?.record ?? record;
      const again = anAttempt(moved, challenge, { change: aChange(moved, 1) });
      expect(await store.settle(again)).toEqual(EXPIRED);
    });

    it.each([
      ['that was judged wrong', { ok: false }],
      ['that presents something else', { presents: WRONG }],
      ['that presents the empty text', { presents: '' }],
      ['that presents a part', { presents: RIGHT.slice(0, -1) }],
      ['that presents the mark of expecting nothing', { presents: '-' }],
    ])('refuses an answer %s, and changes nothing but the counts', async (_, over) => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      expect(await store.settle(anAttempt(record, challenge, over))).toEqual({
        status: 'refused',
        failures: { count: 1, until: 0 },
        triesLeft: 4,
      });
      const loaded = await store.load(pointerTo(record));
      expect(loaded).toMatchObject({ record, challenges: [challenge], enrollment: { version: 0 } });
      expect(loaded.failures).toEqual({ totp: { count: 1, until: 0 } });
    });

    it('refuses an answer that presents nothing where something is expected', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      const { presents: _, ...attempt } = anAttempt(record, challenge);
      expect(await store.settle(attempt)).toMatchObject({ status: 'refused' });
    });

    it('lets a challenge die with its last try [THR-4]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { tries: 3, expects: RIGHT });
      for (const triesLeft of [2, 1, 0]) {
        const wrong = await store.settle(aWrongAttempt(record, challenge));
        expect(wrong).toMatchObject({ status: 'refused', triesLeft });
      }
      expect(await store.settle(anAttempt(record, challenge))).toEqual(EXPIRED);
      expect((await store.recall(pointerTo(record))).challenges).toEqual([]);
    });

    it('counts nothing for an answer that is not judged', async () => {
      const [store] = given();
      const record = await aSession(store);
      await store.settle(aWrongAttempt(record, aChallenge(record)));
      expect((await store.recall(pointerTo(record))).failures).toEqual({});
    });

    it('ends a challenge at its time, by the clock that it is given [VER-8]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expiresAt: NOW + 10 * MINUTE });
      const at = (now: number) => store.settle(anAttempt(record, challenge, { now }));
      expect(await at(NOW + 10 * MINUTE)).toEqual(EXPIRED);
      expect(await at(NOW + 10 * MINUTE - 1)).toEqual(ACCEPTED);
    });

    it.each<[string, (challenge: Challenge) => Partial<Challenge>]>([
      ['user', () => ({ userId: aUserId() })],
      ['session', () => ({ session: aRecord().id })],
      ['factor', () => ({ factor: 'email' })],
      ['purpose', () => ({ purpose: 'enroll' })],
      ['authenticator', () => ({ authenticator: aRecord().id })],
      ['id', () => ({ id: aRecord().secret })],
      ['time', ({ expiresAt }) => ({ expiresAt: expiresAt + MINUTE })],
      ['number of tries', ({ tries }) => ({ tries: tries + 1 })],
      ['code', () => ({ expects: WRONG })],
    ])('accepts no right answer once the %s alone is another [VER-4]', async (_, other) => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      const attempt = anAttempt(record, challenge);
      const changed = { ...attempt, challenge: { ...challenge, ...other(challenge) } };
      expect(await store.settle(changed)).toEqual(EXPIRED);
      expect(await store.settle(attempt)).toEqual(ACCEPTED);
    });

    it('accepts no answer from another session of the same user [VER-4] [A09]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const other = await aSession(store, { userId: record.userId });
      const challenge = await anOpen(store, record, { expects: RIGHT });
      const fromThere = anAttempt(other, { ...challenge, session: other.id });
      expect(await store.settle(fromThere)).toEqual(EXPIRED);
      const withItsSecret = anAttempt(record, challenge, { secret: other.secret });
      expect(await store.settle(withItsSecret)).toEqual(EXPIRED);
      expect(await store.settle(anAttempt(record, challenge))).toEqual(ACCEPTED);
    });

    it('answers stale when the enrollment changed meanwhile, and counts nothing [VER-4]', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const challenge = await anOpen(here, record, { expects: RIGHT });
      await there.save({ next: anEnrollment({ userId: record.userId }), facts: someFacts(1) });
      expect(await here.settle(anAttempt(record, challenge))).toEqual({ status: 'stale' });
      expect(await here.load(pointerTo(record))).toMatchObject({
        record,
        challenges: [challenge],
        failures: {},
      });
      const again = anAttempt(record, challenge, { change: aChange(record, 1) });
      expect(await here.settle(again)).toEqual(ACCEPTED);
    });

    it('changes nothing on behalf of another session that moved on', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record);
      const elsewhere = { ...(await aSession(store, { userId: record.userId })), secret: WRONG };
      const attempt = anAttempt(record, challenge, { change: aChange(elsewhere) });
      expect(await store.settle(attempt)).toEqual(EXPIRED);
      expect(await store.load(pointerTo(record))).toMatchObject({
        record,
        enrollment: { version: 0 },
        failures: {},
      });
    });

    it('gives no try back by an answer that was stale', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      await store.save({ next: anEnrollment({ userId: record.userId }), facts: someFacts(1) });
      for (const triesLeft of [4, 3, 2, 1, 0]) {
        expect(await store.settle(anAttempt(record, challenge))).toEqual({ status: 'stale' });
        const wrong = await store.settle(aWrongAttempt(record, challenge, { locks: [] }));
        expect(wrong).toMatchObject({ status: 'refused', triesLeft });
      }
      expect(await store.settle(anAttempt(record, challenge))).toEqual(EXPIRED);
    });
  });
}
