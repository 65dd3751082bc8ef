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
  SECOND,
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

    it('goes by what the challenge in the store expects, not by what the attempt says', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT, tries: 1 });
      const { expects: _, ...loose } = { ...challenge, tries: 99 };
      const forged = anAttempt(record, loose);
      expect(await store.settle(forged)).toMatchObject({ status: 'refused', triesLeft: 0 });
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

    it('counts per factor, whatever the session, challenge or authenticator [THR-2]', async () => {
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

    it('keeps the failures when all sessions of the user end [THR-2]', async () => {
      const [store] = given();
      const { userId, ...rest } = await aSession(store);
      const record = { userId, ...rest };
      await store.settle(aWrongAttempt(record, await anOpen(store, record)));
      await store.end(userId, 'all');
      const next = await aSession(store, { userId });
      expect((await store.recall(pointerTo(next))).failures).toEqual({
        totp: { count: 1, until: 0 },
      });
    });
  });

  describe('an attempt without a change', () => {
    it('consumes the challenge and changes nothing else', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const challenge = await anOpen(here, record, { expects: RIGHT });
      await here.settle(aWrongAttempt(record, challenge));
      const { change: _, ...attempt } = anAttempt(record, challenge);
      expect(await there.settle(attempt)).toEqual(ACCEPTED);
      expect(await here.load(pointerTo(record))).toMatchObject({
        record,
        challenges: [],
        enrollment: { version: 0 },
        failures: { totp: { count: 1, until: 0 } },
      });
      expect(await here.settle(anAttempt(record, challenge))).toEqual(EXPIRED);
      expect(await here.settle(aWrongAttempt(record, challenge))).toEqual(EXPIRED);
    });

    it('is refused and counted like any other when it is wrong', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      const { change: _, ...attempt } = anAttempt(record, challenge, { presents: WRONG });
      expect(await store.settle(attempt)).toMatchObject({ status: 'refused', triesLeft: 4 });
    });

    it('can be taken back, with the tries that were left', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const challenge = await anOpen(here, record, { expects: RIGHT });
      await here.settle(aWrongAttempt(record, challenge));
      const { change: _, ...attempt } = anAttempt(record, challenge);
      await here.settle(attempt);
      await there.restore({ ...challenge, tries: 99 });
      expect((await here.recall(pointerTo(record))).challenges).toEqual([challenge]);
      const wrong = await here.settle(aWrongAttempt(record, challenge));
      expect(wrong).toMatchObject({ status: 'refused', triesLeft: 3 });
      expect(await here.settle(anAttempt(record, challenge))).toEqual(ACCEPTED);
    });

    it('is not taken back into a slot that has a newer challenge [REP-8]', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { expects: RIGHT });
      const { change: _, ...attempt } = anAttempt(record, challenge);
      await store.settle(attempt);
      const newer = await anOpen(store, record, { authenticator: challenge.authenticator });
      await store.restore(challenge);
      expect((await store.recall(pointerTo(record))).challenges).toEqual([newer]);
    });

    it('is not taken back once its session is over, nor once it succeeded', async () => {
      const [store] = given();
      const ended = await aSession(store);
      const { userId } = ended;
      const winner = await aSession(store, { userId });
      const [lost, won] = [await anOpen(store, ended), await anOpen(store, winner)];
      for (const [record, challenge] of [
        [ended, lost],
        [winner, won],
      ] as const) {
        const { change: _, ...attempt } = anAttempt(record, challenge);
        expect(await store.settle(attempt)).toEqual(ACCEPTED);
      }
      await store.end(userId, [ended.id]);
      await store.remember({ userId, facts: someFacts(1), succeeded: won });
      for (const challenge of [lost, won]) await store.restore(challenge);
      expect(await store.settle(aWrongAttempt(ended, lost))).toEqual(EXPIRED);
      expect(await store.settle(aWrongAttempt(winner, won))).toEqual(EXPIRED);
    });

    it('gives nothing back that was never consumed', async () => {
      const [store] = given();
      const record = await aSession(store);
      const challenge = await anOpen(store, record, { tries: 1 });
      await store.settle(aWrongAttempt(record, challenge));
      await store.restore(challenge);
      expect((await store.recall(pointerTo(record))).challenges).toEqual([]);
    });

    it('forgets failures and waits once what it stood for is remembered', async () => {
      const [store] = given();
      const record = await aSession(store);
      const { userId } = record;
      const challenge = aChallenge(record);
      const opening = { challenge, secret: record.secret, now: NOW, coolDownMs: [MINUTE] };
      await store.open(opening);
      await store.settle(aWrongAttempt(record, challenge));
      await store.remember({ userId, facts: someFacts(1), succeeded: challenge });
      expect((await store.recall(pointerTo(record))).failures).toEqual({});
      expect(await store.open({ ...opening, now: NOW + 1 })).toEqual({ status: 'opened' });
    });
  });
}
