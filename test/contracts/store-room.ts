import type { Challenge, SessionRecord } from '../../lib/core/vocabulary.ts';
import type { Change, Store } from '../../lib/core/ports.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import {
  aChallenge,
  aChange,
  aMove,
  anAttempt,
  anOpen,
  aRecord,
  aSession,
  aUserId,
  DAY,
  MINUTE,
  NOW,
  pointerTo,
  RIGHT,
  SECOND,
  someFacts,
} from './store-builders.ts';
import type { Given } from './store-builders.ts';

/** Which sessions, and which codes that were sent, give way when there are too many of one user. */
export function roomContract(given: Given): void {
  describe('room for sessions', () => {
    const KNOWN = { device: 'known' } as const;
    const PROVED = {
      completed: [
        { factor: 'password', by: 'first-factor', at: NOW },
        { factor: 'totp', authenticator: 'a', by: 'challenge', at: NOW },
      ],
    } as const;

    /** A user whose sessions begin a second apart. */
    function aUser(limit: number) {
      const [here, there] = given();
      const userId = aUserId();
      let count = 0;
      return {
        async begin(more: Partial<SessionRecord> = {}): Promise<SessionRecord> {
          count += 1;
          const record = aRecord({ userId, createdAt: NOW + count * SECOND, ...more });
          const store = count % 2 === 0 ? here : there;
          await store.begin(record, someFacts(), { keepMs: DAY, limit });
          return record;
        },
        /** Of these records, in their order, which are still there. */
        async kept(...records: readonly SessionRecord[]): Promise<readonly boolean[]> {
          const live = new Set((await here.sessions(userId)).map(({ id }) => id));
          return records.map(({ id }) => live.has(id));
        },
      };
    }

    it('is never made by what is known or proved for strangers, however many begin [THR-7] [A44]', async () => {
      const user = aUser(2);
      const known = await user.begin(KNOWN);
      const proved = await user.begin(PROVED);
      const strangers = [await user.begin(), await user.begin(), await user.begin()];
      expect(await user.kept(known, proved, ...strangers)).toEqual([true, true, false, true, true]);
    });

    it('is not taken from strangers by what is known or proved', async () => {
      const user = aUser(2);
      const strangers = [await user.begin(), await user.begin()];
      for (const more of [KNOWN, PROVED, KNOWN]) await user.begin(more);
      expect(await user.kept(...strangers)).toEqual([true, true]);
    });

    it('is made by the least proved first, then by the oldest, and never by the one that begins', async () => {
      const user = aUser(2);
      const [proved, next] = [await user.begin(PROVED), await user.begin(PROVED)];
      const known = await user.begin(KNOWN);
      expect(await user.kept(proved, next, known)).toEqual([false, true, true]);
      const latest = await user.begin(KNOWN);
      expect(await user.kept(next, known, latest)).toEqual([true, false, true]);
    });

    it('is made by the network that has most strangers, by its oldest first [THR-7] [A44]', async () => {
      const user = aUser(4);
      const owner = await user.begin({ device: 'unknown', network: 'n/owner' });
      const nowhere = await user.begin();
      const from = (network: string) => user.begin({ device: 'unknown', network });
      const first = [await from('n/1'), await from('n/2')];
      const second = [await from('n/1'), await from('n/1'), await from('n/2')];
      expect(await user.kept(owner, nowhere)).toEqual([true, true]);
      expect(await user.kept(...first)).toEqual([false, false]);
      expect(await user.kept(...second)).toEqual([false, true, true]);
      await from('n/3');
      expect(await user.kept(owner, nowhere)).toEqual([false, true]);
    });

    it('goes by age and not by who came last, and by the id where the age is the same', async () => {
      const user = aUser(2);
      const id = (name: string): string => name + aRecord().id.slice(1);
      const late = await user.begin({ id: id('b'), createdAt: NOW });
      const early = await user.begin({ id: id('a'), createdAt: NOW });
      const last = await user.begin({ id: id('c'), createdAt: NOW - SECOND });
      expect(await user.kept(early, late, last)).toEqual([false, true, true]);
    });

    const WAYS: readonly [
      string,
      (store: Store, record: SessionRecord, change: Change) => Promise<unknown>,
    ][] = [
      ['saved', (store, _, change) => store.save(change)],
      [
        'remembered',
        (store, { userId }, { facts, session }) =>
          store.remember({ userId, facts, ...(session ? { session } : {}) }),
      ],
      [
        'settled',
        async (store, record, change) =>
          store.settle(anAttempt(record, await anOpen(store, record), { change })),
      ],
    ];
    it.each(WAYS)(
      'is made by the least proved, oldest one for a session that has proved more, as it is %s',
      async (_, prove) => {
        const [store] = given();
        const user = aUser(2);
        const [first, second] = [await user.begin(PROVED), await user.begin(PROVED)];
        const stranger = await user.begin();
        const challenge = await anOpen(store, first);
        await prove(store, stranger, aChange(stranger));
        expect(await user.kept(first, second, stranger)).toEqual([false, true, true]);
        expect(await store.settle(anAttempt(first, challenge))).toEqual({ status: 'expired' });
        // What it proves from now on is no more than that.
        const older = await user.begin(KNOWN);
        await prove(store, older, aChange(older, 1));
        expect(await user.kept(second, stranger, older)).toEqual([false, true, true]);
      },
    );

    it('is made by the same ones as in the embedded store, whatever begins and moves', async () => {
      const [here, there] = given();
      const model = memoryStore();
      let seed = 1;
      const draw = (below: number): number => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % below;
      };
      const userId = aUserId();
      const facts = someFacts();
      for (let step = 0; step < 300; step += 1) {
        const store = step % 2 === 0 ? here : there;
        const records = (await model.sessions(userId)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const moving = records[draw(12)];
        if (moving && draw(2) === 0) {
          const session = aMove(moving);
          await Promise.all([model, store].map((one) => one.remember({ userId, facts, session })));
        } else {
          const network = ['n/1', 'n/2', 'n/3', undefined][draw(4)];
          const record = aRecord({
            userId,
            createdAt: NOW + draw(step + 1),
            ...(draw(4) === 0 ? KNOWN : network === undefined ? {} : { network }),
          });
          const lifetime = { keepMs: DAY, limit: 2 + draw(4) };
          await Promise.all([model, store].map((one) => one.begin(record, facts, lifetime)));
        }
        const ids = async (one: Store): Promise<readonly string[]> =>
          (await one.sessions(userId)).map(({ id }) => id).sort();
        expect([step, await ids(here)]).toEqual([step, await ids(model)]);
      }
    });
  });

  describe('room for sent codes', () => {
    const open = async (store: Store, record: SessionRecord, over: Partial<Challenge> = {}) => {
      const challenge = aChallenge(record, { expects: RIGHT, factor: 'email', ...over });
      const sending = { coolDownMs: [0], live: 2 };
      await store.open({ challenge, secret: record.secret, sending, now: NOW });
      return challenge;
    };

    it('is made by the lowest id where two end at the same time', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const named = (name: string) => ({ id: name + aChallenge(record).id.slice(1) });
      for (const name of ['b', 'a', 'c', 'd']) await open(here, record, named(name));
      const { challenges } = await there.recall(pointerTo(record));
      expect(new Set(challenges.map(({ id }) => id[0]))).toEqual(new Set(['c', 'd']));
    });

    const live = async (store: Store, record: SessionRecord) =>
      (await store.recall(pointerTo(record))).challenges.map(({ id }) => id).sort();
    const idsOf = (...challenges: readonly Challenge[]) => challenges.map(({ id }) => id).sort();

    it('is given back with a code that is withdrawn, and so are wrong answers', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const first = await open(here, record, { expiresAt: NOW + MINUTE });
      const wrong = () => there.settle(anAttempt(record, first, { ok: false }));
      const { triesLeft } = { triesLeft: NaN, ...(await wrong()) };
      const second = await open(here, record);
      const third = await open(there, record);
      expect(await live(here, record)).toEqual(idsOf(second, third));
      await here.withdraw(third);
      expect(await live(there, record)).toEqual(idsOf(first, second));
      expect(await wrong()).toMatchObject({ status: 'refused', triesLeft: triesLeft - 1 });
      await here.withdraw(third);
      expect(await live(there, record)).toEqual(idsOf(first, second));
    });

    it('is not given back to a code in whose slot a newer one was since', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const { authenticator } = await open(here, record, { expiresAt: NOW + SECOND });
      const second = await open(here, record, { expiresAt: NOW + MINUTE });
      const third = await open(there, record);
      const newer = await open(here, record, { authenticator });
      await here.withdraw(third);
      expect(await live(there, record)).toEqual(idsOf(newer));
      await there.withdraw(newer);
      expect(await live(here, record)).toEqual(idsOf(second));
    });

    it('is not given back to a code whose session has ended, though one of its id begins', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const other = aRecord({ userId: record.userId });
      const begin = () => here.begin(other, someFacts(), { keepMs: DAY, limit: 9 });
      await begin();
      await open(here, other, { expiresAt: NOW + SECOND });
      const first = await open(here, record, { expiresAt: NOW + MINUTE });
      const second = await open(here, record);
      const third = await open(there, record);
      await there.end(pointerTo(other).tag, [other.id]);
      await begin();
      await here.withdraw(second);
      await here.withdraw(third);
      expect(await live(there, record)).toEqual(idsOf(first));
      expect(await live(there, other)).toEqual([]);
    });

    it('is not taken by a code that was used, which may still be given back', async () => {
      const [here, there] = given();
      const record = await aSession(here);
      const used = await open(here, record, { expiresAt: NOW + MINUTE });
      const { change: _, ...consuming } = anAttempt(record, used);
      expect(await there.settle(consuming)).toEqual({ status: 'accepted' });
      const others = [await open(here, record), await open(there, record)];
      await here.restore(used);
      const { challenges } = await there.recall(pointerTo(record));
      const ids = [used, ...others].map(({ id }) => id).sort();
      expect(challenges.map(({ id }) => id).sort()).toEqual(ids);
    });

    it('is never made by a code of what is known or proved for strangers, nor the other way round [THR-7] [A44]', async () => {
      const [here, there] = given();
      const userId = aUserId();
      const begin = async (more: Partial<SessionRecord> = {}) => {
        const record = aRecord({ userId, ...more });
        await here.begin(record, someFacts(), { keepMs: DAY, limit: 9 });
        return record;
      };
      const known = await begin({ device: 'known' });
      const proving = await begin();
      const proved = aMove(proving);
      await here.remember({ userId, facts: someFacts(), session: proved });
      const soon = { factor: 'phone', expiresAt: NOW + MINUTE };
      await open(there, known, soon);
      await open(there, proved.record, soon);
      const strangers = [await begin(), await begin(), await begin()];
      for (const stranger of strangers) await open(there, stranger);
      const live = async (...records: readonly SessionRecord[]) =>
        Promise.all(
          records.map(async (one) => (await here.recall(pointerTo(one))).challenges.length),
        );
      expect(await live(known, proved.record)).toEqual([1, 1]);
      const of = await live(...strangers);
      expect([of.reduce((sum, one) => sum + one), of[2]]).toEqual([2, 1]);
      await open(here, known, { ...soon, expiresAt: NOW + SECOND });
      expect(await live(...strangers)).toEqual(of);
      expect((await live(known, proved.record)).reduce((sum, one) => sum + one)).toBe(2);
    });
  });
}
