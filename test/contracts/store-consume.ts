import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  aChallenge,
  anAttempt,
  anOpen,
  aSession,
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

/** The half steps of a store that is joined with another: settle without a change, restore, remember. */
export function consumeContract(given: Given): void {
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
      await store.end(userTag(userId), [ended.id]);
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
