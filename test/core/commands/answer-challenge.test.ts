import { answerChallenge } from '../../../lib/core/commands/answer-challenge.ts';
import { removeAuthenticator } from '../../../lib/core/commands/authenticators.ts';
import { codeAt, STEP_MS } from '../../factors/hotp.ts';
import { HOUR, MINUTE, reasonOf, SECOND, sentCode, startEngine, valueOf } from '../engine.ts';
import type { Lab, Visit } from '../engine.ts';
import { seededRandom } from '../seeded-random.ts';

describe('answerChallenge', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({}, seededRandom('answers'));
  });

  /** A user with an app and MFA on, in the session in which it was set up. */
  async function setUp(more = {}) {
    const user = lab.user(more);
    const first = await lab.signIn(user);
    const seed = await first.enrollTotp();
    valueOf(await first.switchMfa(true));
    return { user, first, seed, code: () => codeAt(seed, lab.clock.now) };
  }

  it('completes the sign-in by the right code, and moves the session', async () => {
    const { user, code } = await setUp();
    const visit = await lab.signIn(user);
    expect(await visit.guard()).toBe('more-factors');
    const before = visit.pointer;
    expect(reasonOf(await visit.prove('totp', code))).toBe('done');
    expect(visit.pointer).not.toBe(before);
    expect(await visit.guard()).toBe('allowed');
    // It was in use all along.
    expect(lab.events.map(({ type }) => type)).not.toContain('authenticator_restored');
  });

  it('[CRY-5] refuses the answer to a challenge whose authenticator no key opens any more', async () => {
    const { user, code } = await setUp();
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('totp'));
    const keyring = { ...lab.engine.keyring, open: () => undefined };
    const wanted = { challengeId: id, answer: code() };
    const outcome = await visit.run((engine, caller) =>
      answerChallenge({ ...engine, keyring }, caller, wanted),
    );
    expect(outcome).toEqual({ status: 'refused', reason: 'invalid' });
    expect(reasonOf(await visit.answer(id, code()))).toBe('done');
  });

  describe('[VER-9] refuses by one and the same word', () => {
    it.each<readonly [string, (given: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>]>([
      ['a wrong code', async ({ user }) => (await lab.signIn(user)).prove('totp', '000000')],
      [
        'an id that does not exist',
        async ({ user, code }) => (await lab.signIn(user)).answer('A'.repeat(43), code()),
      ],
      [
        'an id that is no id',
        async ({ user, code }) => (await lab.signIn(user)).answer('../*', code()),
      ],
      [
        '[A08] a challenge of another user',
        async ({ user, code }) => {
          const other = await setUp();
          const { id } = valueOf(await (await lab.signIn(other.user)).challenge('totp'));
          return (await lab.signIn(user)).answer(id, code());
        },
      ],
      [
        '[A09] a challenge of another session of the user',
        async ({ user, code }) => {
          const { id } = valueOf(await (await lab.signIn(user)).challenge('totp'));
          return (await lab.signIn(user)).answer(id, code());
        },
      ],
      [
        '[A11] the challenge that an enrollment made',
        async ({ first }) => {
          const { challenge, reveal } = valueOf(await first.enroll('totp', {}, 'second'));
          return first.answer(challenge?.id ?? '', codeAt(String(reveal.secret), lab.clock.now));
        },
      ],
      [
        '[REP-1] a challenge that was answered',
        async ({ user, code }) => {
          const visit = await lab.signIn(user);
          const { id } = valueOf(await visit.challenge('totp'));
          valueOf(await visit.answer(id, code()));
          lab.clock.now += STEP_MS;
          return visit.answer(id, code());
        },
      ],
      [
        '[REP-8] a challenge that a newer one took the place of',
        async ({ user, code }) => {
          const visit = await lab.signIn(user);
          const { id } = valueOf(await visit.challenge('totp'));
          valueOf(await visit.challenge('totp'));
          return visit.answer(id, code());
        },
      ],
      [
        '[A69] an authenticator that was removed meanwhile',
        async ({ user, first, code }) => {
          valueOf(await first.enroll('recoveryCode'));
          const visit = await lab.signIn(user);
          const { id } = valueOf(await visit.challenge('totp'));
          valueOf(await first.prove('totp', code));
          lab.clock.now += STEP_MS;
          await first.must((engine, caller) => removeAuthenticator(engine, caller, 'totp'));
          lab.users.set(user.id, { ...user, emailVerified: true });
          return visit.answer(id, code());
        },
      ],
    ])('%s', async (_what, attempt) => {
      // How many tries are left is for the owner's own page, and no word of the refusal.
      expect({ ...Object(await attempt(await setUp())), triesLeft: undefined }).toEqual({
        status: 'refused',
        reason: 'invalid',
      });
    });

    it('and tells the owner how many tries are left of a challenge that lives', async () => {
      const { user } = await setUp();
      const outcome = await (await lab.signIn(user)).prove('totp', '000000');
      expect(outcome).toMatchObject({ reason: 'invalid', triesLeft: 4 });
    });
  });

  it('[VER-8] takes the right code up to the last millisecond of a challenge', async () => {
    const { first, code } = await setUp();
    for (const [age, word] of [
      [10 * MINUTE - 1, 'done'],
      [10 * MINUTE, 'invalid'],
    ] as const) {
      const { id } = valueOf(await first.challenge('totp'));
      lab.clock.now += age;
      expect(reasonOf(await first.answer(id, code()))).toBe(word);
    }
  });

  it('[VER-3] counts no answer that is malformed', async () => {
    const { user, code } = await setUp();
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('totp'));
    for (let n = 0; n < 60; n += 1)
      expect(reasonOf(await visit.answer(id, [code()]))).toBe('malformed');
    expect(reasonOf(await visit.answer(id, code()))).toBe('done');
  });

  it('[THR-4] lets a challenge die of five wrong answers: the sixth is refused though it is right', async () => {
    const { user, code } = await setUp();
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('totp'));
    for (let n = 0; n < 5; n += 1)
      expect(reasonOf(await visit.answer(id, '000000'))).toBe('invalid');
    lab.clock.now += MINUTE;
    expect(reasonOf(await visit.answer(id, code()))).toBe('invalid');
  });

  describe('[REP-2] takes no code of an app twice', () => {
    it('[A49] not in another session, not for another challenge', async () => {
      const { user, first, code } = await setUp();
      valueOf(await first.prove('totp', code));
      expect(reasonOf(await first.prove('totp', code))).toBe('invalid');
      expect(reasonOf(await (await lab.signIn(user)).prove('totp', code))).toBe('invalid');
      lab.clock.now += STEP_MS;
      expect(reasonOf(await (await lab.signIn(user)).prove('totp', code))).toBe('done');
    });

    it('[REP-3] not the one that confirmed the enrollment', async () => {
      const user = lab.user();
      const first = await lab.signIn(user);
      const seed = await first.enrollTotp();
      valueOf(await first.switchMfa(true));
      lab.clock.now -= STEP_MS;
      const visit = await lab.signIn(user);
      const code = codeAt(seed, lab.clock.now);
      expect(reasonOf(await visit.prove('totp', code))).toBe('invalid');
    });

    it('[REP-7] and tells the host that it was used', async () => {
      const { first, code } = await setUp();
      valueOf(await first.prove('totp', code));
      await first.prove('totp', code);
      expect(lab.events.at(-1)).toMatchObject({ type: 'challenge_refused', reason: 'used' });
    });
  });

  it('[A02] lets one of 20 sessions in that show the same code at the same moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { user, code } = await setUp();
      const visits = await manySessions(user, 20);
      const ids = await challenges(visits, 'totp');
      const answered = await Promise.all(
        visits.map((visit, n) => visit.answer(ids[n] ?? '', code())),
      );
      expect(answered.filter(({ status }) => status === 'done')).toHaveLength(1);
      const guards = await Promise.all(visits.map((visit) => visit.guard()));
      expect(guards.filter((word) => word === 'allowed')).toHaveLength(1);
    }
  });

  it('[A03] lets ten recovery codes that are shown at the same moment count one by one', async () => {
    const user = lab.user();
    const first = await lab.signIn(user);
    await first.enrollTotp();
    const { reveal } = valueOf(await first.enroll('recoveryCode'));
    const codes = reveal.recoveryCodes as readonly string[];
    const visits = await manySessions(user, 10);
    const ids = await challenges(visits, 'recoveryCode');
    const answered = await Promise.all(
      visits.map((visit, n) => visit.answer(ids[n] ?? '', codes[n])),
    );
    expect(answered.map(reasonOf)).toEqual(Array.from({ length: 10 }, () => 'done'));
    const again = await lab.signIn(user);
    expect(reasonOf(await again.challenge('recoveryCode'))).toBe('no-authenticator');
  });

  it('[THR-1] [A44] locks one factor and leaves the others open', async () => {
    const { user, code } = await setUp({ emailVerified: true });
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('totp'));
    for (let n = 0; n < 5; n += 1) await visit.answer(id, '000000');
    expect(await visit.challenge('totp')).toEqual({
      status: 'refused',
      reason: 'locked',
      factor: 'totp',
      retryAt: lab.clock.now + 30 * SECOND,
    });
    expect(reasonOf(await visit.prove('email', () => sentCode(lab)))).toBe('done');
    expect(await visit.guard()).toBe('allowed');
    expect(reasonOf(await visit.challenge('totp'))).toBe('locked');
    lab.clock.now += 30 * SECOND;
    expect(reasonOf(await visit.prove('totp', code))).toBe('done');
  });

  it('[THR-8] [A45] answers a right code as a wrong one while the factor is locked, and does not prolong the lock', async () => {
    const { user, code } = await setUp();
    const [visit, other] = [await lab.signIn(user), await lab.signIn(user)];
    const { id: open } = valueOf(await other.challenge('totp'));
    const { id } = valueOf(await visit.challenge('totp'));
    for (let n = 0; n < 5; n += 1) await visit.answer(id, '000000');
    const until = lab.clock.now + 30 * SECOND;
    lab.clock.now += 10 * SECOND;
    const right = await other.answer(open, code());
    expect(right).toEqual({ status: 'refused', reason: 'locked', factor: 'totp', retryAt: until });
    expect(await other.answer(open, '000000')).toEqual(right);
    lab.clock.now = until;
    expect(reasonOf(await other.answer(open, code()))).toBe('done');
  });

  it('[THR-3] forgets the failures of the factor that succeeded, and of no other', async () => {
    const { user, code } = await setUp({ emailVerified: true });
    const failing = async (factor: string) => {
      const visit = await lab.signIn(user);
      return reasonOf(await visit.prove(factor, '000000'));
    };
    for (let n = 0; n < 4; n += 1) expect(await failing('totp')).toBe('invalid');
    const visit = await lab.signIn(user);
    valueOf(await visit.prove('email', () => sentCode(lab)));
    expect(await failing('totp')).toBe('invalid');
    expect(reasonOf(await visit.challenge('totp'))).toBe('locked');
    lab.clock.now += 30 * SECOND;
    valueOf(await visit.prove('totp', code));
    for (let n = 0; n < 4; n += 1) expect(await failing('totp')).toBe('invalid');
    expect(reasonOf(await visit.challenge('totp'))).toBe('done');
  });

  it('[THR-2] counts failures over sign-ins, sessions and challenges', async () => {
    const { user } = await setUp();
    for (let n = 0; n < 5; n += 1)
      expect(reasonOf(await (await lab.signIn(user)).prove('totp', '000000'))).toBe('invalid');
    expect(reasonOf(await (await lab.signIn(user)).challenge('totp'))).toBe('locked');
    lab.clock.now += HOUR;
    expect(reasonOf(await (await lab.signIn(user)).prove('totp', '000000'))).toBe('invalid');
    expect(reasonOf(await (await lab.signIn(user)).challenge('totp'))).toBe('locked');
  });

  function manySessions(user: Parameters<Lab['signIn']>[0], count: number): Promise<Visit[]> {
    return Promise.all(Array.from({ length: count }, () => lab.signIn(user)));
  }

  function challenges(visits: readonly Visit[], factor: string): Promise<string[]> {
    return Promise.all(visits.map(async (visit) => valueOf(await visit.challenge(factor)).id));
  }
});
