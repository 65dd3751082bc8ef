import type { SessionRecord } from '../../lib/core/vocabulary.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  aChallenge,
  aMove,
  aRecord,
  aSession,
  aUserId,
  anOpen,
  aWrongAttempt,
  DAY,
  LIFETIME,
  MINUTE,
  NOW,
  pointerTo,
  SECOND,
  someFacts,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

const ids = (records: readonly Pick<SessionRecord, 'id'>[]): string[] =>
  records.map(({ id }) => id).sort();

/** Session records: begin, session, touch, sessions, end. */
export function sessionsContract(given: Given): void {
  describe('sessions', () => {
    it('finds a session by its pointer, from every process, word for word', async () => {
      const [here, there] = given();
      const record = aRecord({
        userId: 'ümläut 名 "\\ \u2028 \ud800 }',
        createdAt: NOW + 0.0,
        completed: [],
      });
      const facts = someFacts(3, { held: [{ id: 'a', type: 'totp', counts: true }] });
      await here.begin(record, facts, LIFETIME);
      expect(await there.session(pointerTo(record))).toEqual({ record, facts });
    });

    it.each([
      ['secret', (r: SessionRecord) => ({ ...pointerTo(r), secret: aRecord().secret })],
      ['id', (r: SessionRecord) => ({ ...pointerTo(r), id: aRecord().id })],
      ['user', (r: SessionRecord) => ({ ...pointerTo(r), tag: userTag(aUserId()) })],
    ])('finds nothing by a pointer with another %s [VER-4]', async (_, pointerWith) => {
      const [store] = given();
      const record = await aSession(store);
      await anOpen(store, record);
      expect(await store.session(pointerWith(record))).toEqual({});
      expect(await store.recall(pointerWith(record))).toEqual({
        challenges: [],
        failures: {},
        rests: {},
      });
      expect(await store.load(pointerWith(record))).not.toHaveProperty('record');
    });

    it('finds nothing of one user under the pointer of another who exists [VER-4]', async () => {
      const [store] = given();
      const [mallory, victim] = [await aSession(store), await aSession(store)];
      const crossed = { ...pointerTo(mallory), tag: userTag(victim.userId) };
      expect(await store.session(crossed)).toEqual({});
    });

    it('answers nothing for a user who never signed in', async () => {
      const [store] = given();
      expect(await store.session(pointerTo(aRecord()))).toEqual({});
      expect(await store.sessions(aUserId())).toEqual([]);
      expect(await store.end(userTag(aUserId()), 'all')).toEqual([]);
    });

    it('lists the sessions of one user and no other', async () => {
      const [here, there] = given();
      const { userId, ...first } = await aSession(here);
      const second = await aSession(there, { userId });
      await aSession(here);
      expect(ids(await here.sessions(userId))).toEqual(ids([{ userId, ...first }, second]));
    });

    it('takes the challenges of a dropped session along', async () => {
      const [store] = given();
      const dropped = await aSession(store);
      const challenge = await anOpen(store, dropped);
      const record = aRecord({ userId: dropped.userId, createdAt: NOW + 1 });
      await store.begin(record, someFacts(), { keepMs: DAY, limit: 1 });
      expect(await store.settle(aWrongAttempt(dropped, challenge))).toEqual({ status: 'expired' });
      expect((await store.recall(pointerTo(record))).failures).toEqual({});
    });

    it('keeps no session longer than it was told to', async () => {
      const [store] = given();
      const { userId } = await aSession(store);
      const later = aRecord({ userId, createdAt: NOW + DAY });
      await store.begin(later, someFacts(), LIFETIME);
      expect(ids(await store.sessions(userId))).toEqual([later.id]);
    });

    it('notes when a session was used, and nothing else of it', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      await there.touch(pointerTo(record), NOW + MINUTE);
      const expected = { ...record, seenAt: NOW + MINUTE };
      expect((await here.session(pointerTo(record))).record).toEqual(expected);
      expect((await here.load(pointerTo(record))).record).toEqual(expected);
      expect(await here.sessions(record.userId)).toEqual([expected]);
    });

    it('notes no use by a pointer that points at nothing', async () => {
      const [store] = given();
      const record = await aSession(store);
      await store.touch({ ...pointerTo(record), secret: aRecord().secret }, NOW + MINUTE);
      expect((await store.session(pointerTo(record))).record).toEqual(record);
      const ended = await aSession(store);
      await store.end(userTag(ended.userId), [ended.id]);
      await store.touch(pointerTo(ended), NOW + MINUTE);
      expect(await store.sessions(ended.userId)).toEqual([]);
    });

    it('ends the sessions that are named, with their challenges, and leaves the others', async () => {
      const [here, there] = given();
      const ended = await aSession(here);
      const { userId } = ended;
      const stays = await aSession(here, { userId });
      const gone = await anOpen(here, ended);
      const kept = await anOpen(here, stays);
      expect(await there.end(userTag(userId), [ended.id, aRecord().id])).toEqual([
        { id: ended.id, userId },
      ]);
      expect(await here.session(pointerTo(ended))).toEqual({});
      expect(await here.settle(aWrongAttempt(ended, gone))).toEqual({ status: 'expired' });
      expect((await here.recall(pointerTo(stays))).challenges).toEqual([kept]);
    });

    it('ends a session wherever it has moved to, once [SES-10] [A26]', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const { id, userId } = record;
      const moved = aMove(record);
      await here.remember({ userId, facts: someFacts(), session: moved });
      expect(await there.end(userTag(userId), [id])).toEqual([{ id, userId }]);
      expect(await here.session(pointerTo(moved.record))).toEqual({});
      expect(await here.end(userTag(userId), [id])).toEqual([]);
    });

    it('ends all sessions of a user, with their challenges, and of no other', async () => {
      const [store] = given();
      const record = await aSession(store);
      const other = await aSession(store);
      const challenge = await anOpen(store, record);
      const second = await aSession(store, { userId: record.userId });
      expect(ids(await store.end(userTag(record.userId), 'all'))).toEqual(ids([record, second]));
      expect(await store.sessions(record.userId)).toEqual([]);
      expect(await store.settle(aWrongAttempt(record, challenge))).toEqual({ status: 'expired' });
      expect((await store.session(pointerTo(other))).record).toEqual(other);
    });

    it('erases one user, with all that was counted, and no other [LOG-6]', async () => {
      const [here, there] = given();
      const [record, other] = [await aSession(here), await aSession(here)];
      for (const one of [record, other])
        await here.settle(aWrongAttempt(one, await anOpen(here, one)));
      await there.erase(userTag(record.userId));
      await there.erase(userTag(aUserId()));
      expect(await here.session(pointerTo(record))).toEqual({});
      expect(await here.sessions(record.userId)).toEqual([]);
      await here.begin(record, someFacts(), LIFETIME);
      const nothing = { record, challenges: [], failures: {}, rests: {} };
      expect(await here.recall(pointerTo(record))).toEqual(nothing);
      const kept = await here.recall(pointerTo(other));
      expect([kept.challenges.length, kept.failures.totp?.count]).toEqual([1, 1]);
    });

    it('lets a session that is over open nothing and come back by nothing', async () => {
      const [store] = given();
      const record = await aSession(store);
      await store.end(userTag(record.userId), 'all');
      const challenge = aChallenge(record);
      const opening = { challenge, secret: record.secret, now: NOW };
      expect(await store.open(opening)).toEqual({ status: 'ended' });
      await store.touch(pointerTo(record), NOW + SECOND);
      const moved = { secret: record.secret, record: { ...record, secret: aRecord().secret } };
      const { userId } = record;
      expect(await store.remember({ userId, facts: someFacts(), session: moved })).toBe(false);
      expect(await store.sessions(userId)).toEqual([]);
    });
  });
}
