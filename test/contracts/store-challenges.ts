import type { Challenge, SessionRecord } from '../../lib/core/vocabulary.ts';
import type { Opened, Store } from '../../lib/core/ports.ts';
import {
  aChallenge,
  aRecord,
  aSession,
  aUserId,
  anAttempt,
  anOpen,
  aWrongAttempt,
  MINUTE,
  NOW,
  pointerTo,
  RIGHT,
  SECOND,
  WRONG,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

const STEPS = [30 * SECOND, 60 * SECOND, 120 * SECOND] as const;

/** Challenges and the spacing of sends: open, withdraw. */
export function challengesContract(given: Given): void {
  describe('challenges', () => {
    it('shows an open challenge to its own session only, word for word', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const other = await aSession(here, { userId: record.userId });
      const challenge = await anOpen(here, record, {
        purpose: 'enroll',
        expects: RIGHT,
        draft: 'v1.k.draft',
        name: '{"}\u0000\ud800 名 #wrong',
      });
      expect((await there.recall(pointerTo(record))).challenges).toEqual([challenge]);
      expect((await there.load(pointerTo(record))).challenges).toEqual([challenge]);
      expect((await there.recall(pointerTo(other))).challenges).toEqual([]);
    });

    it('replaces the older challenge of a slot, which nobody can answer any more [REP-8]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const older = await anOpen(store, record, { expects: RIGHT });
      await store.settle(anAttempt(record, older, { presents: 'k1.wrong' }));
      const { authenticator } = older;
      const newer = await anOpen(store, record, { authenticator, expects: RIGHT });
      expect(await store.settle(anAttempt(record, older))).toEqual({ status: 'expired' });
      expect((await store.recall(pointerTo(record))).challenges).toEqual([newer]);
      const wrong = await store.settle(anAttempt(record, newer, { presents: 'k1.wrong' }));
      expect(wrong).toMatchObject({ status: 'refused', triesLeft: 4 });
    });

    it('keeps one challenge for each session, purpose and authenticator', async () => {
      const [store] = given();
      const record = await aSession(store);
      const other = await aSession(store, { userId: record.userId });
      const first = await anOpen(store, record);
      const { authenticator } = first;
      const second = await anOpen(store, record);
      const third = await anOpen(store, record, { authenticator, purpose: 'enroll' });
      const fourth = await anOpen(store, other, { authenticator });
      const open = async (r: SessionRecord): Promise<string[]> =>
        (await store.recall(pointerTo(r))).challenges.map(({ id }) => id).sort();
      expect(await open(record)).toEqual([first.id, second.id, third.id].sort());
      expect(await open(other)).toEqual([fourth.id]);
    });

    it('keeps one challenge for each factor that a session enrolls', async () => {
      const [store] = given();
      const record = await aSession(store);
      await anOpen(store, record, { purpose: 'enroll' });
      const newer = await anOpen(store, record, { purpose: 'enroll' });
      const email = await anOpen(store, record, { purpose: 'enroll', factor: 'email' });
      const { challenges } = await store.recall(pointerTo(record));
      expect(challenges.map(({ id }) => id).sort()).toEqual([newer.id, email.id].sort());
    });

    it('opens none for a session that moved on', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = aChallenge(record);
      const opened = await store.open({ challenge, secret: aRecord().secret, now: NOW });
      expect(opened).toEqual({ status: 'ended' });
      expect((await store.recall(pointerTo(record))).challenges).toEqual([]);
    });

    it('opens none for a locked factor, and others all the same', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record);
      const locks = [{ count: 1, waitMs: MINUTE }];
      await store.settle(aWrongAttempt(record, challenge, { locks }));
      const again = { challenge: aChallenge(record), secret: record.secret };
      expect(await store.open({ ...again, now: NOW + MINUTE - 1 })).toEqual({
        status: 'locked',
        until: NOW + MINUTE,
      });
      // Where its code would have to wait as well, no code leaves before both are over.
      const sending = { coolDownMs: [5 * MINUTE], live: 3 };
      const rest = { ...again.challenge, counters: ['another'] as const };
      await store.open({ challenge: rest, secret: record.secret, sending, now: NOW });
      expect(await store.open({ ...again, sending, now: NOW })).toEqual({
        status: 'locked',
        until: NOW + 5 * MINUTE,
      });
      const email = aChallenge(record, { factor: 'email' });
      expect(await store.open({ ...again, challenge: email, now: NOW })).toEqual({
        status: 'opened',
      });
      expect(await store.open({ ...again, now: NOW + MINUTE })).toEqual({ status: 'opened' });
    });
  });

  describe('cool-downs', () => {
    const send = (store: Store, record: SessionRecord, now: number, like = EMAIL) => {
      const challenge = aChallenge(record, { ...like, createdAt: now, expiresAt: now + MINUTE });
      return store.open({
        challenge,
        secret: record.secret,
        now,
        sending: { coolDownMs: STEPS, live: 9 },
      });
    };
    const EMAIL: Partial<Challenge> = { factor: 'email', authenticator: 'mailbox' };
    const cooling = (until: number): Opened => ({ status: 'cooling', until });
    const opened: Opened = { status: 'opened' };

    it('spaces out sends, each further apart than the one before [DEL-1]', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      let now = NOW;
      for (const wait of [...STEPS, 120 * SECOND]) {
        expect(await send(here, record, now)).toEqual(opened);
        expect(await send(there, record, now + wait - 1)).toEqual(cooling(now + wait));
        now += wait;
      }
    });

    it('tells each session of the user until when, and a success forgets it', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const { userId } = record;
      await send(here, record, NOW);
      await send(here, record, NOW, { ...EMAIL, purpose: 'enroll' });
      const other = await aSession(there, { userId });
      const rests = { 'prove/mailbox': NOW + STEPS[0], 'enroll/email': NOW + STEPS[0] };
      expect((await there.recall(pointerTo(other))).rests).toEqual(rests);
      const challenges = (await here.recall(pointerTo(record))).challenges;
      const proved = challenges.find(({ purpose }) => purpose === 'prove') ?? aChallenge(record);
      await there.settle(anAttempt(record, proved));
      expect((await there.recall(pointerTo(other))).rests).toMatchObject({
        'enroll/email': NOW + STEPS[0],
      });
      expect((await there.recall(pointerTo(other))).rests['prove/mailbox'] ?? 0).toBe(0);
    });

    it('lets the challenge stand whose successor has to wait', async () => {
      const [store] = given();
      const record = await aSession(store);
      await send(store, record, NOW);
      const { challenges: before } = await store.recall(pointerTo(record));
      await send(store, record, NOW + 1);
      expect((await store.recall(pointerTo(record))).challenges).toEqual(before);
    });

    it('makes no shorter way of a new session or a resend [THR-2]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const { userId } = record;
      await send(store, record, NOW);
      const other = await aSession(store, { userId });
      expect(await send(store, other, NOW + 1)).toEqual(cooling(NOW + STEPS[0]));
    });

    it('spaces out each authenticator and purpose on its own', async () => {
      const [store] = given();
      const record = await aSession(store);
      await send(store, record, NOW);
      expect(await send(store, record, NOW, { ...EMAIL, authenticator: 'other' })).toEqual(opened);
      expect(await send(store, record, NOW, { ...EMAIL, purpose: 'enroll' })).toEqual(opened);
    });

    it('starts over after an hour without a message', async () => {
      const [store] = given();
      const record = await aSession(store);
      await send(store, record, NOW);
      await send(store, record, NOW + STEPS[0]);
      const later = NOW + STEPS[0] + STEPS[1] + 60 * MINUTE;
      await send(store, record, later);
      expect(await send(store, record, later + 1)).toEqual(cooling(later + STEPS[0]));
    });

    it('takes back a challenge that did not leave, and its wait but not the ones before', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      await send(here, record, NOW);
      const first = await here.recall(pointerTo(record));
      await send(here, record, NOW + STEPS[0]);
      const { challenges } = await here.recall(pointerTo(record));
      await Promise.all(challenges.map((challenge) => there.withdraw(challenge)));
      expect((await here.recall(pointerTo(record))).challenges).toEqual(first.challenges);
      const again = NOW + STEPS[0] + 1;
      expect(await send(here, record, again)).toEqual(opened);
      expect(await send(here, record, again + 1)).toEqual(cooling(again + STEPS[1]));
    });

    it('puts back what a withdrawn challenge had replaced, with the tries that it had left', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const old = await anOpen(here, record, { ...EMAIL, tries: 2, expects: RIGHT });
      await here.settle(aWrongAttempt(record, old));
      const next = await anOpen(there, record, { ...EMAIL, tries: 2, expects: WRONG });
      await there.withdraw(next);
      expect((await here.recall(pointerTo(record))).challenges).toEqual([old]);
      expect(await here.settle(aWrongAttempt(record, old))).toMatchObject({ triesLeft: 0 });
      expect(await here.settle(anAttempt(record, old))).toEqual({ status: 'expired' });
      await there.withdraw(next);
      await there.withdraw(old);
      expect((await here.recall(pointerTo(record))).challenges).toEqual([]);
    });

    it('puts nothing back that was used, or replaced twice', async () => {
      const [store] = given();
      const record = await aSession(store);
      await anOpen(store, record, EMAIL);
      await anOpen(store, record, EMAIL);
      const used = await anOpen(store, record, { ...EMAIL, expects: RIGHT });
      const attempt = anAttempt(record, used, { presents: RIGHT });
      const moved = attempt.change?.session?.record ?? record;
      expect(await store.settle(attempt)).toEqual({ status: 'accepted' });
      await store.withdraw(await anOpen(store, moved, EMAIL));
      expect((await store.recall(pointerTo(moved))).challenges).toEqual([]);
    });

    it('keeps so many sent challenges of a user open: those that end first make room [THR-5]', async () => {
      const [here, there] = given();
      const userId = aUserId();
      const records = await Promise.all(
        Array.from({ length: 5 }, () => aSession(here, { userId })),
      );
      const sending = { coolDownMs: [0], live: 3 };
      const app = aChallenge(records[0] ?? aRecord(), { expiresAt: NOW + 30 * SECOND });
      await here.open({ challenge: app, secret: records[0]?.secret ?? '', now: NOW });
      const ends = [3, 1, 4, 0, 2];
      for (const [n, record] of records.entries()) {
        const store = n % 2 === 0 ? here : there;
        const expiresAt = NOW + MINUTE + (ends[n] ?? 0);
        const challenge = aChallenge(record, { ...EMAIL, expects: RIGHT, expiresAt });
        expect(await store.open({ challenge, secret: record.secret, now: NOW, sending })).toEqual(
          opened,
        );
      }
      const open = await Promise.all(
        records.map(async (record) => (await here.recall(pointerTo(record))).challenges.length),
      );
      // With the app of the first, which was not sent.
      expect(open).toEqual([2, 0, 1, 0, 1]);
    });

    it('takes nothing back for a challenge that is not the live one', async () => {
      const [store] = given();
      const record = await aSession(store);
      await send(store, record, NOW);
      await store.withdraw(aChallenge(record, EMAIL));
      expect((await store.recall(pointerTo(record))).challenges).toHaveLength(1);
      expect(await send(store, record, NOW + 1)).toEqual(cooling(NOW + STEPS[0]));
    });

    it('forgets the waits of what was answered rightly', async () => {
      const [store] = given();
      const record = await aSession(store);
      await send(store, record, NOW);
      const [challenge] = (await store.recall(pointerTo(record))).challenges;
      if (!challenge) throw new Error('There is no challenge.');
      const attempt = anAttempt(record, challenge);
      expect(await store.settle(attempt)).toEqual({ status: 'accepted' });
      const moved = attempt.change?.session?.record ?? record;
      expect(await send(store, moved, NOW + 1)).toEqual(opened);
    });
  });
}
