import { changePhone } from '../../../lib/core/commands/change-phone.ts';
import { passwordSignIn } from '../../../lib/core/commands/password-sign-in.ts';
import { deviceToken } from '../../../lib/core/known-device.ts';
import { parsePointer } from '../../../lib/core/pointer.ts';
import type { User } from '../../../lib/core/vocabulary.ts';
import type { MfaOptions } from '../../../lib/mfa-options.ts';
import { everythingSent } from '../../support/everything-sent.ts';
import { codeMessages } from '../../support/story.ts';
import { UNLIMITED } from '../../support/unlimited.ts';
import { MINUTE, reasonOf, sentCode, START, startEngine, valueOf, Visit } from '../engine.ts';
import type { Lab } from '../engine.ts';

describe('changePhone', () => {
  const number = '+14155552671';
  const old = '+4915112345678';

  /** A user whose host takes new numbers, and whose password is `right`; `judged` are those it was asked for. */
  async function setUp(options: Partial<MfaOptions> = {}, more: Partial<User> = {}) {
    const judged: string[] = [];
    const lab = startEngine({
      notify: false,
      ...options,
      users: {
        findById: (id) => lab.users.get(id),
        findByEmail: () => lab.users.get('user-1'),
        verifyPassword: (_user, password) => judged.push(password) > 0 && password === 'right',
        updatePhone: (id, phone) => {
          const user = lab.users.get(id);
          if (user) lab.users.set(id, { ...user, phone, phoneVerified: false });
        },
      },
    });
    const user = lab.user({ emailVerified: true, ...more });
    const visit = await lab.signIn(user);
    const change = (password: string) =>
      visit.run((engine, caller) => changePhone(engine, caller, { phone: number, password }));
    return { lab, user, visit, change, judged };
  }

  it('gives the host the number, and answers with the account as it is then', async () => {
    const { lab, user, change } = await setUp();
    expect(valueOf(await change('right')).user).toMatchObject({ phone: number });
    expect(lab.users.get(user.id)).toMatchObject({ phone: number, phoneVerified: false });
  });

  it('[ENR-11] changes nothing by a wrong password', async () => {
    const { lab, user, change } = await setUp();
    expect(reasonOf(await change('wrong'))).toBe('credentials');
    expect(lab.users.get(user.id)).not.toHaveProperty('phone');
  });

  it('[ENR-11] leaves the number that was proved a factor, and asks the new one for nothing', async () => {
    const { lab, visit, change } = await setUp();
    await visit.enrollSent('phone', { phone: old });
    valueOf(await visit.switchMfa(true));
    valueOf(await change('right'));
    lab.clock.now += MINUTE;
    const next = await lab.signIn(lab.users.get('user-1') ?? lab.user());
    const { id } = valueOf(await next.challenge('phone'));
    expect(lab.outbox.at(-1)?.to).toBe(old);
    valueOf(await next.answer(id, sentCode(lab)));
    expect(await next.guard()).toBe('allowed');
    expect(lab.outbox.filter(({ to }) => to === number)).toEqual([]);
  });

  it('[ENR-11] binds the new number to whoever proved the present factor just now, and to nobody else', async () => {
    const { lab, visit, change } = await setUp();
    await visit.enrollSent('phone', { phone: old });
    valueOf(await visit.switchMfa(true));
    lab.clock.now += 11 * MINUTE;
    // The password, and the new number in hand: neither is the present factor.
    valueOf(await change('right'));
    expect(reasonOf(await visit.enroll('phone'))).toBe('challenge');
    valueOf(await visit.prove('phone', () => sentCode(lab)));
    lab.clock.now += MINUTE;
    await visit.enrollSent('phone');
    expect(codeMessages(lab.outbox).map(({ to }) => to)).toEqual([old, old, number]);
  });

  it('[ENR-11] takes no number away that confirms sign-ins but by a fresh proof of what is as good', async () => {
    const { lab, user, visit, change } = await setUp({}, { phone: old, phoneVerified: true });
    valueOf(await visit.switchMfa(true));
    expect(await change('right')).toMatchObject({ reason: 'challenge', factors: ['phone'] });
    valueOf(await visit.prove('email', () => sentCode(lab)));
    expect(await change('right')).toMatchObject({ reason: 'challenge', factors: ['phone'] });
    expect(lab.users.get(user.id)).toMatchObject({ phone: old });
    valueOf(await visit.prove('phone', () => sentCode(lab)));
    expect(reasonOf(await change('right'))).toBe('done');
  });

  it('[ENR-11] takes the password for a number that confirms nothing, however long ago the sign-in was', async () => {
    const { lab, change } = await setUp({}, { phone: old, phoneVerified: true });
    lab.clock.now += 30 * MINUTE;
    expect(reasonOf(await change('right'))).toBe('done');
  });

  it('[DEL-10] does not confirm the number: no code goes there to sign in', async () => {
    const { visit, change } = await setUp();
    valueOf(await change('right'));
    expect(reasonOf(await visit.challenge('phone'))).toBe('not-verified');
  });

  it('changes nothing for a session that lacks a factor, though the password be right', async () => {
    const { lab, user, visit, change } = await setUp();
    const owner = await lab.signIn(user);
    valueOf(await owner.switchMfa(true));
    expect(reasonOf(await change('right'))).toBe('more-factors');
    expect(await visit.guard()).toBe('more-factors');
    expect(lab.users.get(user.id)).not.toHaveProperty('phone');
  });

  it('[A75] is at fault when the host lost the user over it', async () => {
    const { lab, user, visit, change } = await setUp();
    const { findById } = lab.engine.users;
    const asked: string[] = [];
    Object.assign(lab.engine.users, {
      findById: (id: string) => (asked.push(id) > 1 ? undefined : findById(id)),
    });
    await expect(change('right')).rejects.toMatchObject({
      code: 'host_callback_failed',
      message: 'users.updatePhone lost the user: findById must find the same id after it.',
    });
    expect(asked).toEqual([user.id, user.id]);
    expect(await visit.guard()).toBe('allowed');
  });

  it('[LOG-2] [ENR-8] tells the host who changed the number, who was refused and from where, and no number', async () => {
    const { lab, user, visit, change } = await setUp();
    visit.from = { ip: '192.0.2.7' };
    lab.events.length = 0;
    await change('wrong');
    await change('right');
    const session = parsePointer(visit.pointer)?.id;
    const by = { userId: user.id, session, at: START, ip: '192.0.2.7' };
    expect(lab.events).toEqual([
      { type: 'phone_change_refused', reason: 'credentials', ...by },
      { type: 'phone_changed', ...by },
    ]);
  });

  describe('and its owner', () => {
    /** Where it was said that the number was changed. */
    const told = async ({ outbox }: Lab) => {
      await everythingSent();
      return outbox
        .filter(({ text }) => /phone number .* was changed/.test(text))
        .map(({ to }) => to);
    };

    it('[ENR-6] hears of it at each mailbox, and not of a wrong password', async () => {
      const { lab, visit, change } = await setUp({ notify: true });
      await visit.enrollSent('email', { email: 'second@example.com' });
      await change('wrong');
      expect(await told(lab)).toEqual([]);
      valueOf(await change('right'));
      expect((await told(lab)).toSorted()).toEqual(['second@example.com', 'user-1@example.com']);
    });

    it('[ENR-6] hears of it at the old number where there is no mailbox, and at the new one nobody does', async () => {
      const vouched = { email: undefined, emailVerified: false, phone: old, phoneVerified: true };
      const { lab, change } = await setUp({ notify: true }, vouched);
      valueOf(await change('right'));
      expect(await told(lab)).toEqual([old]);
    });

    it('[ENR-6] hears of it when the host fails having written the number, and of nothing else', async () => {
      const { lab, user, change } = await setUp({ notify: true });
      const { updatePhone } = lab.engine.users;
      let writes = false;
      Object.assign(lab.engine.users, {
        updatePhone: async (...args: [string, string]) => {
          if (writes) await updatePhone?.(...args);
          throw new Error('took too long');
        },
      });
      await expect(change('right')).rejects.toThrow('took too long');
      expect(lab.events.map(({ type }) => type)).not.toContain('phone_changed');
      const { findById } = lab.engine.users;
      let asked = 0;
      Object.assign(lab.engine.users, {
        findById: (id: string) =>
          (asked += 1) > 1 ? Promise.reject(new Error('down')) : findById(id),
      });
      await expect(change('right')).rejects.toThrow('took too long');
      Object.assign(lab.engine.users, { findById });
      writes = true;
      await expect(change('right')).rejects.toThrow('took too long');
      expect(lab.events.at(-1)).toMatchObject({ type: 'phone_changed', userId: user.id });
      expect(await told(lab)).toEqual(['user-1@example.com']);
    });

    it('[ENR-6] hears of it when the host fails after the change, too', async () => {
      const { lab, user, change } = await setUp({ notify: true });
      const { findById } = lab.engine.users;
      let asked = 0;
      Object.assign(lab.engine.users, {
        findById: (id: string) => ((asked += 1) > 1 ? undefined : findById(id)),
      });
      await expect(change('right')).rejects.toMatchObject({ code: 'host_callback_failed' });
      expect(lab.events.at(-1)).toMatchObject({ type: 'phone_changed', userId: user.id });
      expect(await told(lab)).toEqual(['user-1@example.com']);
    });
  });

  describe('from a network that may get so many wrong', () => {
    const from = { network: '192.0.2.1' };
    const within = (limit: number) => ({
      limits: { ...UNLIMITED, failures: [{ limit, windowMs: 10 * MINUTE }] },
    });

    it('[THR-10] [THR-11] judges so many passwords of a burst, and then not even the right one', async () => {
      const { lab, visit, change, judged } = await setUp(within(3));
      visit.from = from;
      const burst = await Promise.all(Array.from({ length: 20 }, () => change('wrong')));
      const reasons = burst.map(reasonOf);
      expect(reasons.filter((reason) => reason === 'credentials')).toHaveLength(3);
      expect(reasons.filter((reason) => reason === 'limited')).toHaveLength(17);
      expect(await change('right')).toMatchObject({
        reason: 'limited',
        retryAt: START + 10 * MINUTE,
      });
      expect(judged).toEqual(['wrong', 'wrong', 'wrong']);
      lab.clock.now += 10 * MINUTE;
      expect(reasonOf(await change('right'))).toBe('done');
    });

    it('[THR-11] counts with the passwords of sign-ins, and from a known device, too', async () => {
      const { lab, user, visit, change } = await setUp(within(2));
      visit.from = { ...from, device: deviceToken(lab.engine, lab.engine.tag(user.id), 0) };
      expect(reasonOf(await change('wrong'))).toBe('credentials');
      const guesser = new Visit(lab);
      guesser.from = from;
      const signIn = () =>
        guesser.run((engine, caller) =>
          passwordSignIn(engine, caller, { email: 'user-1@example.com', password: 'wrong' }),
        );
      expect(reasonOf(await signIn())).toBe('credentials');
      expect(reasonOf(await signIn())).toBe('limited');
      expect(reasonOf(await change('right'))).toBe('limited');
    });

    it('counts no password that was right', async () => {
      const { visit, change } = await setUp(within(1));
      visit.from = from;
      for (let n = 0; n < 3; n += 1) expect(reasonOf(await change('right'))).toBe('done');
    });
  });

  it('is not there where the host takes no numbers', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user());
    const outcome = await visit.run((engine, caller) =>
      changePhone(engine, caller, { phone: number, password: 'right' }),
    );
    expect(reasonOf(outcome)).toBe('unsupported');
  });
});
