import {
  listAuthenticators,
  removeAuthenticator,
} from '../../../lib/core/commands/authenticators.ts';
import { listFactors } from '../../../lib/core/commands/list-factors.ts';
import { codeAt } from '../../factors/hotp.ts';
import { HOUR, MINUTE, reasonOf, sentCode, startEngine, valueOf } from '../engine.ts';
import type { Lab, Visit } from '../engine.ts';
import { seededRandom } from '../seeded-random.ts';

describe('enrolling', () => {
  let lab: Lab;
  let visit: Visit;
  beforeEach(async () => {
    lab = startEngine({}, seededRandom('enrolling'));
    visit = await lab.signIn(lab.user({ phone: '+14155552671' }));
  });

  const held = async (of = visit) =>
    (await of.must(listAuthenticators)).map(({ type, name }) => [type, name]);

  describe('[ENR-1] binds nothing until its owner has shown that it is there', () => {
    it.each(['totp', 'email', 'phone'])('%s', async (factor) => {
      const { challenge } = valueOf(await visit.enroll(factor));
      expect(challenge).toMatchObject({ purpose: 'enroll', factor, tries: 5 });
      expect(await held()).toEqual([]);
      valueOf(await visit.switchMfa(true));
      const later = await lab.signIn(lab.user({ id: 'user-1' }));
      expect(await later.guard()).toBe('allowed');
      expect(await later.must(listFactors)).toMatchObject({ [factor]: false });
      expect(reasonOf(await later.challenge(factor))).not.toBe('done');
    });
  });

  it('binds it by the right answer, under its masked destination or the name it was given', async () => {
    await visit.enrollTotp('my phone');
    await visit.enrollSent('email');
    await visit.enrollSent('phone');
    expect(await held()).toEqual([
      ['totp', 'my phone'],
      ['email', 'u••••@example.com'],
      ['phone', '+14••••71'],
    ]);
  });

  it('[STO-3] [ENR-5] keeps a draft and a secret sealed, and reveals them once', async () => {
    const { reveal, challenge } = valueOf(await visit.enroll('totp'));
    const seed = String(reveal.secret);
    expect(JSON.stringify(challenge)).not.toContain(seed);
    valueOf(await visit.confirm('totp', codeAt(seed, lab.clock.now)));
    expect(JSON.stringify(await lab.engine.store.enrollment('user-1'))).not.toContain(seed);
    expect(JSON.stringify(await visit.must(listAuthenticators))).not.toContain(seed);
  });

  describe('[ENR-3] takes a confirmation', () => {
    const begin = async () => String(valueOf(await visit.enroll('totp')).reveal.secret);

    it('from the session that began, not from another of the same user', async () => {
      const code = codeAt(await begin(), lab.clock.now);
      const other = await lab.signIn(lab.user({ id: 'user-1' }));
      expect(reasonOf(await other.confirm('totp', code))).toBe('no-authenticator');
      expect(reasonOf(await visit.confirm('totp', code))).toBe('done');
    });

    it('not from another user', async () => {
      const code = codeAt(await begin(), lab.clock.now);
      const other = await lab.signIn(lab.user({ id: 'eve' }));
      expect(reasonOf(await other.confirm('totp', code))).toBe('no-authenticator');
    });

    it('once', async () => {
      const code = codeAt(await begin(), lab.clock.now);
      valueOf(await visit.confirm('totp', code));
      expect(reasonOf(await visit.confirm('totp', code))).toBe('authenticator-exists');
      expect(await held()).toHaveLength(1);
    });

    it('for 10 minutes', async () => {
      lab = startEngine({ freshMs: HOUR }, seededRandom('late'));
      visit = await lab.signIn(lab.user());
      for (const [age, word] of [
        [10 * MINUTE, 'invalid'],
        [10 * MINUTE - 1, 'done'],
      ] as const) {
        const seed = await begin();
        lab.clock.now += age;
        expect(reasonOf(await visit.confirm('totp', codeAt(seed, lab.clock.now)))).toBe(word);
      }
    });

    it('[A11] by no code of another factor, and by no challenge of another purpose', async () => {
      await begin();
      valueOf(await visit.enroll('email'));
      expect(reasonOf(await visit.confirm('totp', sentCode(lab)))).toBe('invalid');
      expect(reasonOf(await visit.confirm('phone', sentCode(lab)))).toBe('no-authenticator');
      expect(reasonOf(await visit.confirm('email', sentCode(lab)))).toBe('done');
    });

    it('[VER-5] for the user of the session, whatever id the client names', async () => {
      const code = codeAt(await begin(), lab.clock.now);
      lab.user({ id: 'victim' });
      expect(reasonOf(await visit.confirm('totp', code, 'victim'))).toBe('no-user');
      expect(reasonOf(await visit.confirm('totp', code, 'nobody'))).toBe('no-user');
      expect(reasonOf(await visit.confirm('totp', code, ''))).toBe('no-user');
      expect((await lab.engine.store.enrollment('victim')).authenticators).toEqual([]);
      expect(reasonOf(await visit.confirm('totp', code, 'user-1'))).toBe('done');
    });

    it('[THR-11] five times, counted and locked like any other', async () => {
      const seed = await begin();
      for (let n = 0; n < 5; n += 1)
        expect(reasonOf(await visit.confirm('totp', '000000'))).toBe('invalid');
      expect(reasonOf(await visit.confirm('totp', codeAt(seed, lab.clock.now)))).toBe(
        'no-authenticator',
      );
      expect(reasonOf(await visit.enroll('totp'))).toBe('locked');
    });
  });

  it('[REP-8] [GEN-9] puts a new draft in the place of the old one', async () => {
    const first = String(valueOf(await visit.enroll('totp')).reveal.secret);
    const second = String(valueOf(await visit.enroll('totp')).reveal.secret);
    expect(second).not.toBe(first);
    expect(reasonOf(await visit.confirm('totp', codeAt(first, lab.clock.now)))).toBe('invalid');
    expect(reasonOf(await visit.confirm('totp', codeAt(second, lab.clock.now)))).toBe('done');
  });

  it('[ENR-4] [A20] lets one of 20 password-only sessions bind the first app; the others must prove it', async () => {
    for (let round = 0; round < 3; round += 1) {
      const user = lab.user({ id: `raced-${round}` });
      const visits = await Promise.all(Array.from({ length: 20 }, () => lab.signIn(user)));
      const codes = await Promise.all(
        visits.map(async (each, n) => {
          const { reveal } = valueOf(await each.enroll('totp', {}, `app ${n}`));
          return codeAt(String(reveal.secret), lab.clock.now);
        }),
      );
      const outcomes = await Promise.all(visits.map((each, n) => each.confirm('totp', codes[n])));
      expect(outcomes.map(reasonOf).toSorted()).toEqual([
        ...Array.from({ length: 19 }, () => 'challenge'),
        'done',
      ]);
      const { authenticators } = await lab.engine.store.enrollment(user.id);
      expect(authenticators).toHaveLength(1);
    }
  });

  it('[REC-1] makes one set of recovery codes however many sessions ask at once', async () => {
    const user = lab.user({ id: 'many' });
    const visits = await Promise.all(Array.from({ length: 20 }, () => lab.signIn(user)));
    const outcomes = await Promise.all(visits.map((each) => each.enroll('recoveryCode')));
    expect(outcomes.map(reasonOf).toSorted()).toEqual([
      ...Array.from({ length: 19 }, () => 'authenticator-exists'),
      'done',
    ]);
  });

  describe('[ENR-2] asks, once something is bound,', () => {
    it('for a fresh second factor, and takes the enrollment of one for it', async () => {
      await visit.enrollTotp();
      expect(reasonOf(await visit.enroll('email'))).toBe('done');
      lab.clock.now += 10 * MINUTE;
      expect(reasonOf(await visit.enroll('phone'))).toBe('challenge');
    });

    it('for one that this session proved: a password alone adds nothing, MFA on or off', async () => {
      const seed = await visit.enrollTotp();
      const other = await lab.signIn(lab.user({ id: 'user-1' }));
      for (const factor of ['totp', 'email', 'phone', 'recoveryCode'])
        expect(reasonOf(await other.enroll(factor))).toBe('challenge');
      valueOf(await other.prove('totp', () => codeAt(seed, lab.clock.now)));
      expect(reasonOf(await other.enroll('email'))).toBe('done');
    });

    it('and before, for a fresh proof of what the host vouches for, where the password is fresh no more', async () => {
      const user = lab.user({ emailVerified: true });
      const own = await lab.signIn(user);
      lab.clock.now += 11 * MINUTE;
      expect(await own.enroll('totp')).toMatchObject({ reason: 'challenge', factors: ['email'] });
      valueOf(await own.prove('email', () => sentCode(lab)));
      expect(reasonOf(await own.enroll('totp'))).toBe('done');
      // What opened a session cannot be its second step: there only a new sign-in helps.
      const byMail = await lab.signIn(user, 'email');
      lab.clock.now += 11 * MINUTE;
      expect(await byMail.enroll('totp')).toMatchObject({ reason: 'challenge', factors: [] });
    });

    it('and before, for a recovery code: whoever lost the app removes it and binds another', async () => {
      const user = lab.user();
      const before = await lab.signIn(user);
      await before.enrollTotp();
      const codes = valueOf(await before.enroll('recoveryCode')).reveal.recoveryCodes as string[];
      valueOf(await before.switchMfa(true));
      const own = await lab.signIn(user);
      lab.clock.now += 8 * MINUTE;
      valueOf(await own.prove('recoveryCode', codes[0] ?? ''));
      lab.clock.now += 5 * MINUTE;
      valueOf(await own.run((engine, caller) => removeAuthenticator(engine, caller, 'totp')));
      await own.enrollTotp();
      expect(await own.guard()).toBe('allowed');
    });

    it('and before, for a fresh password', async () => {
      lab.clock.now += 10 * MINUTE;
      expect(reasonOf(await visit.enroll('totp'))).toBe('challenge');
    });
  });

  describe('refuses', () => {
    it('a factor that does not exist', async () => {
      for (const factor of ['password', '', 'constructor', '__proto__', 'TOTP'])
        expect(reasonOf(await visit.enroll(factor))).toBe('unknown-factor');
    });

    it('input that cannot be read, without a word of it', async () => {
      const outcome = await visit.enroll('email', { email: 'evil@evil.test, x@y.test' });
      expect(outcome).toMatchObject({ reason: 'malformed', message: expect.any(String) });
      expect(JSON.stringify(outcome)).not.toContain('evil');
    });

    it('a factor whose channel nobody serves', async () => {
      lab = startEngine({ email: undefined, sms: undefined });
      visit = await lab.signIn(lab.user({ phone: '+14155552671' }));
      expect(reasonOf(await visit.enroll('email'))).toBe('no-channel');
      expect(reasonOf(await visit.enroll('phone'))).toBe('no-channel');
    });

    it('a destination that is missing or not taken', async () => {
      visit = await lab.signIn(lab.user({ id: 'bare', email: undefined }));
      expect(reasonOf(await visit.enroll('email'))).toBe('no-destination');
      expect(reasonOf(await visit.enroll('phone'))).toBe('no-destination');
      expect(reasonOf(await visit.enroll('phone', { phone: '+19005551234' }))).toBe('unacceptable');
      expect(lab.outbox).toEqual([]);
    });

    it('the same destination twice, and a second app without a name of its own', async () => {
      await visit.enrollSent('email');
      lab.clock.now += 9 * MINUTE;
      expect(reasonOf(await visit.enroll('email'))).toBe('authenticator-exists');
      expect(reasonOf(await visit.enroll('email', { email: 'other@example.com' }))).toBe('done');
      await visit.enrollTotp();
      expect(reasonOf(await visit.enroll('totp'))).toBe('authenticator-exists');
      expect(reasonOf(await visit.enroll('totp', {}, 'second'))).toBe('done');
    });

    it('[ENR-7] the eleventh of a kind', async () => {
      for (let n = 0; n < 10; n += 1) await visit.enrollTotp(`app ${n}`);
      expect(reasonOf(await visit.enroll('totp', {}, 'one more'))).toBe('too-many');
      expect(await held()).toHaveLength(10);
    });
  });

  it('[DEL-1] sends one message in 30 s, over sessions; also when 20 ask at once', async () => {
    const user = lab.user({ id: 'asks' });
    const visits = await Promise.all(Array.from({ length: 20 }, () => lab.signIn(user)));
    const outcomes = await Promise.all(visits.map((each) => each.enroll('email')));
    expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(1);
    expect(lab.outbox).toHaveLength(1);
    expect(new Set(outcomes.map(reasonOf))).toEqual(new Set(['done', 'cooling']));
  });
});
