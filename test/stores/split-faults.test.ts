import { answerChallenge } from '../../lib/core/commands/answer-challenge.ts';
import { inspect } from '../../lib/core/commands/inspect.ts';
import { switchMfa } from '../../lib/core/commands/switch-mfa.ts';
import { emptyEnrollment } from '../../lib/core/enrollment.ts';
import type { EnrollmentStore, Store, VolatileStore } from '../../lib/core/ports.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { splitStore } from '../../lib/stores/split.ts';
import {
  aChange,
  aRecord,
  aSession,
  anOpen,
  MINUTE,
  NOW,
  pointerTo,
  SECOND,
} from '../contracts/store-builders.ts';
import { aWorld } from '../contracts/store-world.ts';
import { hostTable } from './host-table.ts';

describe('splitStore', () => {
  const STEPS = ['settle', 'outdate', 'save', 'remember'] as const;
  const faults = STEPS.flatMap((step) =>
    (['before', 'after'] as const).map((moment) => [moment, step] as const),
  );

  /** A split store of which one step breaks, once, before or after it did its work. */
  function breaking(step: string, moment: 'before' | 'after') {
    const state = { broken: false, armed: false };
    const around = <T extends object>(inner: T): T =>
      new Proxy(inner, {
        get: (target, name) => {
          const verb: unknown = Reflect.get(target, name);
          if (name !== step || typeof verb !== 'function') return verb;
          return async (...args: unknown[]): Promise<unknown> => {
            const isNow = state.armed && !state.broken;
            if (isNow) state.broken = true;
            if (isNow && moment === 'before') throw new Error('broke');
            const answer: unknown = await verb.apply(target, args);
            if (isNow) throw new Error('broke');
            return answer;
          };
        },
      });
    const store = splitStore(around(hostTable()), around(memoryStore()));
    return { store, state };
  }

  it.each(faults)(
    'grants nothing when it breaks %s %s, and no mailed code can be used again [VER-10] [AVL-4] [A51]',
    async (moment, step) => {
      const { store, state } = breaking(step, moment);
      const world = aWorld([store, store]);
      const member = await world.member();
      const pointer = await world.signIn(member);
      const challenge = await world.open(pointer, 'email');
      const code = world.outbox.at(-1)?.text ?? '';
      state.armed = true;
      await expect(world.answer(pointer, challenge, code)).rejects.toThrow(/broke|threw/);
      expect(state.broken).toBe(true);
      const [engine] = world.engines;
      expect(await inspect(engine, { pointer }, {})).toMatchObject({ status: 'refused' });
      // Before the first step nothing has happened yet, so this is the first use.
      const first = step === 'settle' && moment === 'before';
      const again = await world.answer(pointer, challenge, code);
      expect(again.status).toBe(first ? 'done' : 'refused');
    },
  );

  it.each(faults)(
    'lets a TOTP code pass once in all when it breaks %s %s [REP-2] [A51]',
    async (moment, step) => {
      const { store, state } = breaking(step, moment);
      const world = aWorld([store, store]);
      const member = await world.member();
      const code = member.totp();
      const use = async (): Promise<string> => {
        const pointer = await world.signIn(member);
        return (await world.answer(pointer, await world.open(pointer, 'totp'), code)).status;
      };
      state.armed = true;
      await expect(use()).rejects.toThrow(/broke|threw/);
      const outcomes = [await use(), await use()];
      const isBurned = (step === 'save' && moment === 'after') || step === 'remember';
      expect(outcomes).toEqual([isBurned ? 'refused' : 'done', 'refused']);
    },
  );

  it.each(faults.filter(([, step]) => step !== 'settle'))(
    'leaves no guard with outdated facts when it breaks %s %s [A21] [A51]',
    async (moment, step) => {
      const { store, state } = breaking(step, moment);
      const world = aWorld([store, store]);
      const member = await world.member();
      const [engine] = world.engines;
      const pointer = await world.signIn(member);
      const proved = await world.answer(pointer, await world.open(pointer, 'totp'), member.totp());
      const renewed = proved.status === 'done' ? proved.pointer : undefined;
      const off = await switchMfa(engine, { pointer: renewed }, false);
      const owner = off.status === 'done' ? off.pointer : undefined;
      const passwordOnly = { pointer: await world.signIn(member) };
      expect(await inspect(engine, passwordOnly, {})).toMatchObject({ status: 'done' });

      state.armed = true;
      await expect(switchMfa(engine, { pointer: owner }, true)).rejects.toThrow(/broke|threw/);
      const { mfa } = await store.enrollment(member.user.id);
      expect(mfa).toBe((step === 'save' && moment === 'after') || step === 'remember');
      const expected = mfa ? { reason: 'more-factors' } : { status: 'done' };
      for (let i = 0; i < 3; i += 1)
        expect(await inspect(engine, passwordOnly, {})).toMatchObject(expected);
    },
  );

  it('gives a challenge that lost against another change back, with the tries that were left', async () => {
    const table = hostTable();
    const volatile = memoryStore();
    const store = splitStore(table, volatile);
    const record = await aSession(store);
    const challenge = await anOpen(store, record, { tries: 3 });
    const attempt = { challenge, secret: record.secret, locks: [], now: challenge.createdAt };
    await store.settle({ ...attempt, ok: false });
    const late = aChange(record);
    table.rows.set(record.userId, { version: 9, document: '{}' });
    expect(await store.settle({ ...attempt, ok: true, change: late })).toEqual({ status: 'stale' });
    expect(await store.settle({ ...attempt, ok: false })).toMatchObject({ triesLeft: 1 });
    expect(await store.settle({ ...attempt, ok: true, change: late })).toEqual({ status: 'stale' });
    expect(await store.settle({ ...attempt, ok: false })).toMatchObject({ triesLeft: 0 });
    expect(await store.settle({ ...attempt, ok: true, change: late })).toEqual({
      status: 'expired',
    });
  });

  describe('when the session ends while the host saves', () => {
    /** A split store whose host saves just as all sessions of a user end, and one of these. */
    async function ending() {
      const [table, volatile] = [hostTable(), memoryStore()];
      const save: EnrollmentStore['save'] = async (next) => {
        await volatile.end(userTag(next.userId), 'all');
        return table.save(next);
      };
      const store = splitStore({ load: table.load, save }, volatile);
      return { store, record: await aSession(store) };
    }

    it('says that the change came true, and grants the session nothing [ENR-6] [SES-10]', async () => {
      const { store, record } = await ending();
      const change = aChange(record);
      expect(await store.save(change)).toBe('unmoved');
      expect(await store.enrollment(record.userId)).toEqual(change.next);
      expect(await store.session(pointerTo(record))).toEqual({});
      expect(await store.session(pointerTo(change.session.record))).toEqual({});
    });

    it('says the same of an answer, and takes it once [ENR-6] [REP-1]', async () => {
      const { store, record } = await ending();
      const challenge = await anOpen(store, record);
      const change = aChange(record);
      const attempt = { challenge, secret: record.secret, locks: [], now: challenge.createdAt };
      expect(await store.settle({ ...attempt, ok: true, change })).toEqual({ status: 'unmoved' });
      expect(await store.enrollment(record.userId)).toEqual(change.next);
      expect(await store.sessions(record.userId)).toEqual([]);
      const again = await store.settle({ ...attempt, ok: true, change: aChange(record, 1) });
      expect(again).toEqual({ status: 'expired' });
    });

    it('shows what came true to the sessions that begin afterwards [A21]', async () => {
      const { store, record } = await ending();
      const change = aChange(record);
      await store.save(change);
      const next = await aSession(store, { userId: record.userId });
      expect((await store.session(pointerTo(next))).facts).toEqual(change.facts);
    });
  });

  describe('takes nothing on trust from the host', () => {
    const with_ = (over: Partial<Record<'load' | 'save', () => unknown>>): Store =>
      splitStore({ ...hostTable(), ...over } as unknown as EnrollmentStore, memoryStore());
    const failed = { name: 'MfaError', code: 'host_callback_failed' };

    it.each([
      [
        'throws',
        () => {
          throw new Error('down');
        },
      ],
      ['rejects', () => Promise.reject(new Error('down'))],
      ['answers undefined', () => undefined],
      ['answers null', () => null],
      ['answers another user', () => emptyEnrollment('somebody')],
      ['answers a version that is no number', () => ({ ...emptyEnrollment('u'), version: '1' })],
      ['answers a negative version', () => ({ ...emptyEnrollment('u'), version: -1 })],
      ['answers half a document', () => ({ userId: 'u', version: 1 })],
      [
        'answers authenticators that are none',
        () => ({ ...emptyEnrollment('u'), authenticators: [{}] }),
      ],
      ['answers text', () => JSON.stringify(emptyEnrollment('u'))],
    ])('a load that %s is a fault [AVL-6] [A75]', async (_, load) => {
      const store = with_({ load });
      await expect(store.enrollment('u')).rejects.toMatchObject(failed);
      const record = await aSession(store, { userId: 'u' });
      await expect(store.load(pointerTo(record))).rejects.toMatchObject(failed);
    });

    it.each([
      [
        'throws',
        () => {
          throw new Error('down');
        },
      ],
      ['rejects', () => Promise.reject(new Error('down'))],
      ['answers undefined', () => undefined],
      ['answers 1', () => 1],
      ['answers rows', () => ({ rowCount: 1 })],
    ])('a save that %s is a fault, and grants nothing [AVL-6] [A75]', async (_, save) => {
      const store = with_({ save });
      const record = await aSession(store);
      const challenge = await anOpen(store, record);
      const attempt = { challenge, secret: record.secret, locks: [], now: challenge.createdAt };
      const settling = store.settle({ ...attempt, ok: true, change: aChange(record) });
      await expect(settling).rejects.toMatchObject(failed);
      await expect(store.save(aChange(record))).rejects.toMatchObject(failed);
      expect((await store.session(pointerTo(record))).record).toEqual(record);
      const again = await store.settle({ ...attempt, ok: true, change: aChange(record) });
      expect(again).toEqual({ status: 'expired' });
    });

    it('says which of them answered what, and nothing of the answer', async () => {
      const { session: _, ...change } = aChange(aRecord());
      const messages = await Promise.all(
        [
          with_({ load: () => ({ userId: 'u', name: 'secret' }) }).enrollment('u'),
          with_({ load: () => emptyEnrollment('secret') }).enrollment('u'),
          with_({ save: () => 'secret' }).save(change),
        ].map((work) => work.then(String, (error: Error) => error.message)),
      );
      expect(messages).toEqual([
        'splitStore: enrollments.load must answer an enrollment; for an unknown user the empty one.',
        'splitStore: enrollments.load answered with the enrollment of another user.',
        'splitStore: enrollments.save must answer whether the stored version was the one before.',
      ]);
    });

    it.each(['load', 'save'] as const)('a %s that hangs is a fault [AVL-6]', async (verb) => {
      const store = with_({ [verb]: () => new Promise(() => undefined) });
      const work =
        verb === 'load' ? store.enrollment('u') : store.save(aChange(await aSession(store)));
      await expect(work).rejects.toMatchObject({
        code: 'host_callback_timeout',
        message: expect.stringContaining(`enrollments.${verb}`),
      });
    });
  });

  it('refuses what is no store, or half of one', () => {
    const invalid = (what: string) =>
      expect.objectContaining({ code: 'options_invalid', message: `splitStore: ${what}` });
    const { load, save } = hostTable();
    const { settle, outdate } = memoryStore();
    for (const half of [undefined, {}, { load }, { save }])
      expect(() => splitStore(half as unknown as EnrollmentStore, memoryStore())).toThrow(
        invalid('`enrollments` must have load and save.'),
      );
    for (const half of [undefined, {}, { settle }, { outdate }])
      expect(() => splitStore(hostTable(), half as unknown as VolatileStore)).toThrow(
        invalid('`volatile` must be a store such as redisStore.'),
      );
  });

  it('notes no use of a session whose enrollment it could not read, so that it is asked for again [STO-10]', async () => {
    const table = hostTable();
    const host = { isDown: false };
    const load: EnrollmentStore['load'] = async (userId) => {
      if (host.isDown) throw new Error('down');
      return table.load(userId);
    };
    const store = splitStore({ load, save: table.save }, memoryStore());
    const record = await aSession(store);
    const renew = () =>
      store.renew(pointerTo(record), { userId: record.userId, version: 0 }, NOW + MINUTE);
    host.isDown = true;
    await expect(renew()).rejects.toMatchObject({ code: 'host_callback_failed' });
    expect((await store.session(pointerTo(record))).record).toEqual(record);
    host.isDown = false;
    expect(await renew()).toBeUndefined();
    expect((await store.session(pointerTo(record))).record?.seenAt).toBe(NOW + MINUTE);
  });

  it('burns the code of an answer that it could not finish [AVL-4]', async () => {
    const { store, state } = breaking('remember', 'before');
    const world = aWorld([store, store]);
    const member = await world.member();
    const pointer = await world.signIn(member);
    const code = member.recoveryCodes[0] ?? '';
    const challenge = await world.open(pointer, 'recoveryCode');
    state.armed = true;
    await expect(world.answer(pointer, challenge, code)).rejects.toThrow('broke');
    world.clock.now += 31 * SECOND;
    const other = await world.signIn(member);
    const again = await answerChallenge(
      world.engines[0],
      { pointer: other },
      { challengeId: await world.open(other, 'recoveryCode'), answer: code },
    );
    expect(again).toMatchObject({ reason: 'invalid' });
  });
});
