import { randomBytes } from 'node:crypto';

import { replaceCodes } from '../../lib/core/commands/recovery-codes.ts';
import { removeAuthenticator } from '../../lib/core/commands/authenticators.ts';
import { factsOf, secretBinding } from '../../lib/core/enrollment.ts';
import type { Destination, Notice } from '../../lib/core/notice.ts';
import type { Message } from '../../lib/core/ports.ts';
import type { Authenticator, User } from '../../lib/core/vocabulary.ts';
import type { MfaOptions } from '../../lib/mfa-options.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt } from '../factors/hotp.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { authenticator } from './builders.ts';
import { HOUR, MINUTE, reasonOf, SECOND, START, startEngine, valueOf } from './engine.ts';
import type { Lab, Visit } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

const PHONE = '+14155552671';

describe('a notice to the owner', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({}, seededRandom('notices'));
  });

  /** What was sent that holds no code, once everything has left. */
  async function notices(from: Pick<Lab, 'outbox'> = lab): Promise<readonly Message[]> {
    await everythingSent();
    return from.outbox.filter(({ text }) => !/\d{6}/.test(text));
  }
  const texts = async () => (await notices()).map(({ text }) => text);

  /** A user with an app, MFA on and codes, signed in; nothing of it is in the outbox any more. */
  async function owner(more: object = {}) {
    const user = lab.user(more);
    const visit = await lab.signIn(user);
    const seed = await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    const { reveal } = valueOf(await visit.enroll('recoveryCode'));
    await everythingSent();
    lab.outbox.length = 0;
    const codes = reveal.recoveryCodes as readonly string[];
    return { user, visit, seed, codes };
  }

  /** Changes what a user has bound where it is stored, as nobody's command would. */
  async function rebind(
    { id }: User,
    changed: (all: readonly Authenticator[]) => readonly Authenticator[],
    more: { readonly mfa?: boolean } = {},
  ): Promise<void> {
    const stored = await lab.engine.store.enrollment(id);
    const authenticators = changed(stored.authenticators);
    const next = { ...stored, ...more, authenticators, version: stored.version + 1 };
    await lab.engine.store.save({ next, facts: factsOf(next, lab.engine.factors) });
  }

  async function prove(visit: Visit, seed: string): Promise<void> {
    valueOf(await visit.prove('totp', codeAt(seed, lab.clock.now)));
    lab.clock.now += 30 * SECOND;
  }

  /** So many wrong answers in a row, each in a session of its own and as soon as no lock is left. */
  async function fail(user: User, times: number, on = lab): Promise<void> {
    for (let i = 0; i < times; i++) {
      const locked = await (await on.signIn(user)).challenge('totp');
      if (locked.status === 'refused') on.clock.now = locked.retryAt ?? on.clock.now;
      const visit = await on.signIn(user);
      await visit.answer(valueOf(await visit.challenge('totp')).id, '000000');
    }
  }

  it('comes when an authenticator is added, MFA is switched on, and codes are made [ENR-6]', async () => {
    const visit = await lab.signIn(lab.user());
    await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    valueOf(await visit.enroll('recoveryCode'));
    expect(await texts()).toEqual([
      expect.stringContaining('(authenticator app) was added'),
      expect.stringContaining('switched on'),
      expect.stringContaining('Recovery codes were made'),
    ]);
  });

  it('comes when codes are replaced, an authenticator is removed, and MFA is switched off [ENR-6]', async () => {
    const { visit, seed } = await owner();
    await prove(visit, seed);
    await visit.must((engine, caller) => replaceCodes(engine, caller, 'recoveryCode'));
    valueOf(await visit.switchMfa(false));
    await visit.must((engine, caller) => removeAuthenticator(engine, caller, 'totp'));
    expect(await texts()).toEqual([
      expect.stringContaining('New recovery codes were made'),
      expect.stringContaining('switched off'),
      expect.stringContaining('(authenticator app) was removed'),
    ]);
  });

  it('comes when a recovery code was used, with how many are left [REC-3]', async () => {
    const { user, codes } = await owner();
    const visit = await lab.signIn(user);
    valueOf(await visit.prove('recoveryCode', codes[0] ?? ''));
    expect(await texts()).toEqual([expect.stringContaining('9 recovery codes are left.')]);
  });

  it('does not come for what changed nothing', async () => {
    const { visit } = await owner();
    valueOf(await visit.switchMfa(true));
    await visit.enroll('totp', {}, 'another');
    await visit.confirm('totp', '000000');
    expect(await notices()).toEqual([]);
  });

  it('does not come for an ordinary sign-in', async () => {
    const { user, seed } = await owner();
    await prove(await lab.signIn(user), seed);
    expect(await notices()).toEqual([]);
  });

  describe('of failures', () => {
    beforeEach(() => {
      lab = startEngine(
        { session: { pendingMs: HOUR, idleMs: 48 * HOUR } },
        seededRandom('notices'),
      );
    });

    it('does not come before the fifth in a row', async () => {
      const { user } = await owner();
      await fail(user, 4);
      expect(await notices()).toEqual([]);
    });

    it('comes once, with the lock [THR-13]', async () => {
      const { user } = await owner();
      await fail(user, 7);
      expect(await texts()).toEqual([expect.stringContaining('gave the right password')]);
    });

    it('comes without a lock, too [THR-13]', async () => {
      lab = startEngine({ locks: [{ count: 40, waitMs: MINUTE }] }, seededRandom('no lock'));
      const { user } = await owner();
      await fail(user, 5);
      expect(await texts()).toHaveLength(1);
    });

    it('comes with a lock that comes sooner [THR-13]', async () => {
      lab = startEngine({ locks: [{ count: 2, waitMs: MINUTE }] }, seededRandom('sooner'));
      const { user } = await owner();
      await fail(user, 1);
      expect(await texts()).toEqual([]);
      await fail(user, 1);
      expect(await texts()).toHaveLength(1);
    });

    it('comes at most once an hour, whatever factor, session and process [THR-13] [A43]', async () => {
      const settings = {
        store: memoryStore(),
        keys: [randomBytes(32)],
      };
      lab = startEngine(settings, seededRandom('one process'));
      const other = startEngine(settings, seededRandom('another process'));
      const { user, codes } = await owner({ emailVerified: true });
      other.users.set(user.id, user);
      other.clock.now = lab.clock.now;
      for (const here of [lab, other, lab]) {
        const visit = await here.signIn(user);
        await fail(user, 2, here);
        const { id } = valueOf(await visit.challenge('recoveryCode'));
        for (let i = 0; i < 2; i++) await visit.answer(id, (codes[0] ?? '').replace(/./, '!'));
        other.clock.now = lab.clock.now = Math.max(lab.clock.now, other.clock.now);
      }
      await fail(user, 2, other);
      const all = [...(await notices()), ...(await notices(other))];
      expect(all.map(({ text }) => /gave the right password/.test(text))).toEqual([true]);
    });

    it('comes to each owner by itself, at every mailbox that was enrolled [ENR-6]', async () => {
      lab = startEngine({ hardCap: 5 }, seededRandom('each by itself'));
      for (const name of ['ada', 'eve']) {
        const { user, visit } = await owner({ email: `${name}@example.com` });
        await visit.enrollSent('email', { email: `${name}@second.example` });
        await everythingSent();
        lab.outbox.length = 0;
        await fail(user, 5);
        const heard = (await notices()).map((message) => message.to).toSorted();
        const own = [`${name}@example.com`, `${name}@second.example`];
        expect(heard).toEqual(own.flatMap((address) => [address, address]));
      }
    });

    it('comes again when the hour is over', async () => {
      const { user } = await owner();
      await fail(user, 5);
      const told = lab.clock.now;
      lab.clock.now = told + HOUR - 1;
      await fail(user, 1);
      expect(await notices()).toHaveLength(1);
      lab.clock.now = told + HOUR;
      await fail(user, 1);
      expect(await notices()).toHaveLength(2);
    });

    it('tells of 50 failures by a handful of messages, and once that the app is disabled [THR-1]', async () => {
      const { user } = await owner();
      const from = lab.clock.now;
      await fail(user, 50);
      const hours = Math.ceil((lab.clock.now - from) / HOUR);
      const all = await texts();
      expect(all.filter((text) => text.includes('was suspended'))).toHaveLength(1);
      expect(all.length).toBeLessThanOrEqual(hours + 1);
    });
  });

  describe('goes', () => {
    const to = async () => (await notices()).map((message) => message.to);
    const ofType = async (text: string) =>
      (await texts()).filter((each) => each.includes(text)).length;
    const REPLACED = 'New recovery codes were made';

    /** Makes recovery codes, uses one, and replaces them so many times within the same moment. */
    async function replaceOften(visit: Visit, times: number): Promise<void> {
      const { recoveryCodes } = valueOf(await visit.enroll('recoveryCode')).reveal;
      const [code = ''] = recoveryCodes as readonly string[];
      valueOf(await visit.prove('recoveryCode', code));
      for (let n = 0; n < times; n += 1)
        await visit.must((engine, caller) => replaceCodes(engine, caller, 'recoveryCode'));
      await everythingSent();
    }

    it('to the mailbox of the account, proved or not, and to every enrolled one [ENR-6]', async () => {
      const visit = await lab.signIn(lab.user({ email: 'ada@example.com', emailVerified: false }));
      await visit.enrollSent('email', { email: 'second@example.com' });
      await everythingSent();
      lab.outbox.length = 0;
      await visit.enrollTotp();
      expect((await to()).toSorted()).toEqual(['ada@example.com', 'second@example.com']);
    });

    describe('to a mailbox that nobody proved, which may be a stranger’s,', () => {
      const flood = async (user: User): Promise<Visit> => {
        const visit = await lab.signIn(user);
        const seed = await visit.enrollTotp();
        for (let i = 0; i < 7; i++) {
          lab.clock.now += 30 * SECOND;
          valueOf(await visit.prove('totp', codeAt(seed, lab.clock.now)));
          for (const on of [true, false]) valueOf(await visit.switchMfa(on));
        }
        return visit;
      };
      it('five times a day for each type, and again the next day [A43] [DEL-2]', async () => {
        const user = lab.user();
        await flood(user);
        expect([await ofType('switched on'), await ofType('switched off')]).toEqual([5, 5]);
        lab.clock.now += 24 * HOUR;
        valueOf(await (await lab.signIn(user)).switchMfa(true));
        expect(await ofType('switched on')).toBe(6);
      });

      it('not less of one thing because of much of another [ENR-6]', async () => {
        valueOf(await (await flood(lab.user())).enroll('recoveryCode'));
        expect(await ofType('Recovery codes were made')).toBe(1);
      });

      it('as often as to a proved one where its code came back, too [ENR-6]', async () => {
        const user = lab.user();
        const visit = await lab.signIn(user);
        await visit.enrollSent('email');
        await replaceOften(visit, 7);
        expect(await ofType(REPLACED)).toBe(7);
      });

      it('whatever another account with the same one has brought about [ENR-6]', async () => {
        await flood(lab.user({ email: 'ada@example.com' }));
        await everythingSent();
        lab.outbox.length = 0;
        valueOf(await (await lab.signIn(lab.user({ email: 'ada@example.com' }))).switchMfa(true));
        expect(await ofType('switched on')).toBe(1);
      });
    });

    describe('to a mailbox that is proved', () => {
      it('24 times a day for each type, and again the next day [A43] [DEL-2]', async () => {
        const visit = await lab.signIn(lab.user({ emailVerified: true }));
        await replaceOften(visit, 30);
        expect(await ofType(REPLACED)).toBe(24);
        lab.clock.now += 24 * HOUR;
        await replaceOften(
          await lab.signIn(lab.user({ email: 'user-1@example.com', emailVerified: true })),
          1,
        );
        expect(await ofType(REPLACED)).toBe(25);
      });

      it('not less of one thing because of much of another [ENR-6]', async () => {
        const visit = await lab.signIn(lab.user({ emailVerified: true }));
        await replaceOften(visit, 30);
        valueOf(await visit.switchMfa(true));
        expect(await ofType('switched on')).toBe(1);
      });
    });

    describe('to a number', () => {
      const owned = { email: undefined, phone: PHONE, phoneVerified: true };
      const sms = [{ limit: 3, windowMs: HOUR }];

      it('five times a day for each type, over all accounts that have it [A41] [DEL-2]', async () => {
        for (const n of [1, 2]) {
          const visit = await lab.signIn(lab.user(owned));
          await replaceOften(visit, 4 * n);
          valueOf(await visit.switchMfa(true));
        }
        expect([await ofType(REPLACED), await ofType('switched on')]).toEqual([5, 2]);
        lab.clock.now += 24 * HOUR;
        await replaceOften(await lab.signIn(lab.user(owned)), 1);
        expect(await ofType(REPLACED)).toBe(6);
      });

      it('as one of all SMS that may be sent; one too many is an event, and none of the day’s [A41] [DEL-2]', async () => {
        lab = startEngine({ limits: { ...UNLIMITED, sms } });
        const visit = await lab.signIn(lab.user(owned));
        // Codes made, one used: two of three.
        await replaceOften(visit, 9);
        expect(await ofType(REPLACED)).toBe(1);
        const failed = lab.events.filter(({ type }) => type === 'notice_failed');
        expect(failed).toHaveLength(8);
        expect(failed[0]).toMatchObject({ reason: 'recovery_codes_replaced' });
        expect(String(failed[0]?.error)).toContain('the limit `sms` is reached');
        for (let hour = 0; hour < 3; hour += 1) {
          lab.clock.now += HOUR;
          await replaceOften(await lab.signIn(lab.user(owned)), 9);
        }
        expect(await ofType(REPLACED)).toBe(4);
      });

      it('not at the cost of codes more than `sms` says [A41] [DEL-2]', async () => {
        lab = startEngine({ limits: { ...UNLIMITED, sms } });
        const visit = await lab.signIn(lab.user(owned));
        await replaceOften(visit, 9);
        valueOf(await visit.switchMfa(true));
        expect(
          reasonOf(
            await (await lab.signIn(lab.user(owned))).enroll('phone', { phone: '+14155552672' }),
          ),
        ).toBe('limited');
        lab.clock.now += HOUR;
        valueOf(
          await (await lab.signIn(lab.user(owned))).enroll('phone', { phone: '+14155552672' }),
        );
      });

      it('past the count where the host wants none to go, or fails to say [DEL-14]', async () => {
        const says: { next: () => boolean } = { next: () => false };
        lab = startEngine({
          limits: { ...UNLIMITED, sms },
          users: {
            findById: (id) => lab.users.get(id),
            findByEmail: () => null,
            verifyPassword: () => true,
            mayText: () => says.next(),
          },
        });
        const visit = await lab.signIn(lab.user(owned));
        await replaceOften(visit, 6);
        says.next = () => {
          throw new Error('away');
        };
        await visit.must((engine, caller) => replaceCodes(engine, caller, 'recoveryCode'));
        expect(await notices()).toEqual([]);
        says.next = () => true;
        await visit.must((engine, caller) => replaceCodes(engine, caller, 'recoveryCode'));
        expect(await ofType(REPLACED)).toBe(1);
      });

      it('by no SMS that could not be counted; a mail goes all the same, and the host hears of it', async () => {
        const store = { ...memoryStore(), spend: () => Promise.reject(new Error('down')) };
        lab = startEngine({ store, limits: { ...UNLIMITED, sms } });
        valueOf(await (await lab.signIn(lab.user(owned))).switchMfa(true));
        valueOf(await (await lab.signIn(lab.user({ email: 'ada@example.com' }))).switchMfa(true));
        expect(await to()).toEqual(['ada@example.com']);
        expect(lab.events.map(({ type, userId }) => [type, userId])).toEqual(
          expect.arrayContaining([
            ['notice_failed', 'user-1'],
            ['fault', 'user-2'],
          ]),
        );
      });
    });

    it('to the mailbox that was removed, too [ENR-6]', async () => {
      const { visit, seed } = await owner({ email: 'ada@example.com' });
      await visit.enrollSent('email', { email: 'old@example.com' });
      await prove(visit, seed);
      await everythingSent();
      lab.outbox.length = 0;
      await visit.must((engine, caller) => removeAuthenticator(engine, caller, 'email'));
      expect((await to()).toSorted()).toEqual(['ada@example.com', 'old@example.com']);
      lab.outbox.length = 0;
      valueOf(await visit.switchMfa(false));
      expect(await to()).toEqual(['ada@example.com']);
    });

    it.each([
      ['suspended', 1],
      ['disabled', 0],
      ['lapsed', 0],
    ] as const)('to a mailbox that is %s: %d', async (state, count) => {
      const { user, visit, seed } = await owner({ email: 'ada@example.com' });
      await visit.enrollSent('email', { email: 'second@example.com' });
      await prove(visit, seed);
      await rebind(user, (all) => all.map((a) => (a.type === 'email' ? { ...a, state } : a)));
      await everythingSent();
      lab.outbox.length = 0;
      valueOf(await visit.switchMfa(false));
      const addresses = await to();
      expect(addresses.filter((one) => one === 'second@example.com')).toHaveLength(count);
      expect(addresses).toContain('ada@example.com');
    });

    it('past an address that no key opens any more, to all others', async () => {
      const { user, visit, seed } = await owner({ email: 'ada@example.com' });
      await visit.enrollSent('email', { email: 'lost@example.com' });
      await prove(visit, seed);
      const secret = lab.engine.keyring.seal({}, ['lost']);
      await rebind(user, (all) => all.map((a) => (a.type === 'email' ? { ...a, secret } : a)));
      await everythingSent();
      lab.outbox.length = 0;
      valueOf(await visit.switchMfa(false));
      expect(await to()).toEqual(['ada@example.com']);
    });

    it('past what a factor has bound that is no longer configured', async () => {
      const { user, visit } = await owner({ email: 'ada@example.com' });
      const badge = authenticator('badge');
      const secret = lab.engine.keyring.seal({}, secretBinding(user.id, badge));
      await rebind(user, (all) => [...all, { ...badge, secret }]);
      valueOf(await visit.enroll('totp', {}, 'another'));
      await fail(user, 5);
      expect(await to()).toEqual(['ada@example.com']);
    });

    it('once to a mailbox that is known twice', async () => {
      const visit = await lab.signIn(lab.user({ email: 'Ada@example.com' }));
      await visit.enrollSent('email', { email: 'ada@example.com' });
      expect((await to()).map((address) => address.toLowerCase())).toEqual(['ada@example.com']);
    });

    it('by SMS only where there is no mailbox', async () => {
      const phone = { phone: PHONE, phoneVerified: true };
      await (await lab.signIn(lab.user({ email: 'ada@example.com', ...phone }))).enrollTotp();
      expect(await to()).toEqual(['ada@example.com']);
      lab.outbox.length = 0;
      await (await lab.signIn(lab.user({ email: undefined, ...phone }))).enrollTotp();
      expect(await to()).toEqual([PHONE]);
    });

    it('by SMS beside a mailbox that was only enrolled, which may be a thief’s [ENR-6]', async () => {
      const phone = { phone: PHONE, phoneVerified: true, email: undefined };
      const visit = await lab.signIn(lab.user(phone));
      await visit.enrollSent('email', { email: 'mallory@evil.test' });
      expect(await to()).toEqual([PHONE, 'mallory@evil.test']);
      lab.outbox.length = 0;
      valueOf(await visit.switchMfa(true));
      expect(await to()).toEqual([PHONE, 'mallory@evil.test']);
    });

    it('to no number that is unproved, or of a country to which no SMS may go [DEL-3]', async () => {
      lab = startEngine({ countries: ['DE'] });
      const none = { email: undefined, phone: PHONE };
      await (await lab.signIn(lab.user({ ...none, phoneVerified: true }))).enrollTotp();
      await (
        await lab.signIn(lab.user({ email: undefined, phone: '+4915112345678' }))
      ).enrollTotp();
      expect(await to()).toEqual([]);
    });

    it('by SMS where there is no sender for e-mail', async () => {
      lab = startEngine({ email: undefined });
      await (await lab.signIn(lab.user({ phone: PHONE, phoneVerified: true }))).enrollTotp();
      expect(await to()).toEqual([PHONE]);
    });
  });

  it('holds nothing that a user chose, and no address, secret or code [A38] [DEL-7]', async () => {
    const hostile = '<img src=x> @evil.com #111111\r\nBcc: eve@evil.test';
    const user = lab.user({ id: hostile, name: hostile, email: 'ada@example.com' });
    const visit = await lab.signIn(user);
    const { reveal } = valueOf(await visit.enroll('totp', {}, hostile));
    const seed = String(reveal.secret);
    valueOf(await visit.confirm('totp', codeAt(seed, lab.clock.now)));
    const made = valueOf(await visit.enroll('recoveryCode', {}, hostile)).reveal;
    const codes = made.recoveryCodes as readonly string[];
    const all = await notices();
    expect(all).toHaveLength(2);
    for (const { subject, text } of all) {
      expect(`${subject}${text}`).not.toMatch(/evil|img|Bcc|ada@|\d{6}|Ada/);
      for (const secret of [seed, ...codes]) expect(text).not.toContain(secret);
    }
  });

  describe('when sending is slow or fails', () => {
    const SLOW = { sendTimeoutMs: 2_000 };

    it('delays nothing: what it is about is answered first', async () => {
      const asked: string[] = [];
      const hanging = { send: (message: Message) => new Promise(() => asked.push(message.to)) };
      lab = startEngine({ ...SLOW, email: hanging });
      const visit = await lab.signIn(lab.user());
      await visit.enrollTotp();
      expect(reasonOf(await visit.switchMfa(true))).toBe('done');
      await everythingSent();
      expect(asked).toHaveLength(1);
    });

    it('is sent one after the other, in the order of what happened', async () => {
      const order: string[] = [];
      let running = 0;
      const slow = {
        async send({ text }: Message) {
          expect((running += 1)).toBe(1);
          await later(20 - order.length * 9);
          order.push(/added|switched on|made/.exec(text)?.[0] ?? '');
          running -= 1;
        },
      };
      lab = startEngine({ ...SLOW, email: slow });
      const visit = await lab.signIn(lab.user());
      await visit.enrollTotp();
      valueOf(await visit.switchMfa(true));
      valueOf(await visit.enroll('recoveryCode'));
      for (let i = 0; i < 300 && order.length < 3; i++) await later(10);
      expect(order).toEqual(['added', 'switched on', 'made']);
    });

    it('keeps no other user waiting', async () => {
      const reached: string[] = [];
      const picky = {
        send: ({ to }: Message) =>
          to === 'slow@example.com' ? new Promise(() => {}) : Promise.resolve(reached.push(to)),
      };
      lab = startEngine({ ...SLOW, email: picky });
      await (await lab.signIn(lab.user({ email: 'slow@example.com' }))).enrollTotp();
      await (await lab.signIn(lab.user({ email: 'fast@example.com' }))).enrollTotp();
      await everythingSent();
      expect(reached).toEqual(['fast@example.com']);
    });

    it('becomes an event without address or text, and the other addresses hear of it all the same', async () => {
      const outbox: Message[] = [];
      const broken = {
        async send(message: Message) {
          if (message.to === 'ada@example.com' && !/\d{6}/.test(message.text))
            throw new Error(`550 <${message.to}> ${message.text}`);
          outbox.push(message);
          lab.outbox.push(message);
        },
      };
      lab = startEngine({ email: broken });
      const visit = await lab.signIn(lab.user({ email: 'ada@example.com' }));
      await visit.enrollSent('email', { email: 'second@example.com' });
      expect((await notices({ outbox })).map(({ to }) => to)).toEqual(['second@example.com']);
      const failed = lab.events.filter(({ type }) => type === 'notice_failed');
      expect(failed).toEqual([
        {
          type: 'notice_failed',
          at: expect.any(Number),
          userId: 'user-1',
          factor: 'email',
          reason: 'authenticator_added',
          error: expect.objectContaining({ name: 'MfaError', code: 'delivery_failed' }),
        },
      ]);
      const [{ error } = {}] = failed;
      expect((error as Error).cause).toBeUndefined();
      expect(String((error as Error).stack)).not.toMatch(/ada@|was added/);
    });

    it('is an event when it cannot be known whether the owner was told already', async () => {
      const down = { ...memoryStore(), spend: () => Promise.reject(new Error('down')) };
      lab = startEngine({ store: down }, seededRandom('down'));
      const { user } = await owner();
      await fail(user, 5);
      expect(await notices()).toEqual([]);
      expect(lab.events).toContainEqual(
        expect.objectContaining({ type: 'notice_failed', reason: 'factor_failing' }),
      );
    });
  });

  describe('by the option `notify`', () => {
    it('is left out when it is false', async () => {
      lab = startEngine({ notify: false });
      await (await lab.signIn(lab.user())).enrollTotp();
      expect(await notices()).toEqual([]);
    });

    it('is told to the host as missing, once and at start, where there is no sender', async () => {
      lab = startEngine({ email: undefined, sms: undefined });
      const atStart = [...lab.events];
      await (await lab.signIn(lab.user())).enrollTotp();
      await everythingSent();
      expect(atStart).toEqual([
        {
          type: 'warning',
          at: START,
          reason: 'notices',
          error: expect.objectContaining({
            code: 'setup_unsafe',
            message: expect.stringContaining('`notify: false`'),
          }),
        },
      ]);
      expect(lab.events.filter(({ type }) => type === 'warning')).toHaveLength(1);
    });

    it.each<readonly [string, Partial<MfaOptions>]>([
      ['a sender', { sms: undefined }],
      ['a sender for SMS alone', { email: undefined }],
      ['a function of the host', { email: undefined, sms: undefined, notify: () => undefined }],
      ['a host that wants none', { email: undefined, sms: undefined, notify: false }],
    ])('is not told as missing where there is %s', (_what, options) => {
      expect(startEngine(options).events).toEqual([]);
    });

    it("is given to the host's function, with all destinations, and sent by nobody else", async () => {
      const given: { notice: Notice; destinations: readonly Destination[] }[] = [];
      lab = startEngine({
        notify: (notice, destinations) => given.push({ notice, destinations }),
      });
      const phone = { phone: PHONE, phoneVerified: true };
      await (await lab.signIn(lab.user({ email: 'ada@example.com', ...phone }))).enrollTotp();
      expect(await notices()).toEqual([]);
      expect(given).toStrictEqual([
        {
          notice: { type: 'authenticator_added', at: START, userId: 'user-1', factor: 'totp' },
          destinations: [
            { channel: 'email', to: 'ada@example.com' },
            { channel: 'sms', to: PHONE },
          ],
        },
      ]);
    });

    it('is given no destination that has heard enough of its type for today [A43]', async () => {
      const given: (readonly Destination[])[] = [];
      lab = startEngine({
        limits: { ...UNLIMITED, sms: [{ limit: 1, windowMs: HOUR }] },
        notify: (notice, destinations) => {
          if (notice.type === 'mfa_switched_on') given.push(destinations);
        },
      });
      const user = lab.user({ phone: PHONE, phoneVerified: true, emailVerified: true });
      for (let n = 0; n < 30; n += 1) {
        const visit = await lab.signIn(user);
        const { mfa } = await lab.engine.store.enrollment(user.id);
        if (!mfa) valueOf(await visit.switchMfa(true));
        await rebind(user, (all) => all, { mfa: false });
      }
      await everythingSent();
      const by = (wanted: string) =>
        given.map((all) => all.filter(({ channel }) => channel === wanted).length);
      expect(given).toHaveLength(30);
      expect(by('email')).toEqual([...Array(24).fill(1), ...Array(6).fill(0)]);
      expect(by('sms')).toEqual([...Array(5).fill(1), ...Array(25).fill(0)]);
    });

    it('is given with the language that the host knows of the user', async () => {
      const given: Notice[] = [];
      lab = startEngine({ notify: (notice) => given.push(notice) });
      await (await lab.signIn(lab.user({ locale: 'de-AT' }))).enrollTotp();
      await everythingSent();
      expect(given).toMatchObject([{ type: 'authenticator_added', locale: 'de-AT' }]);
    });

    it.each([
      ['throws', () => Promise.reject(new Error('ada@example.com'))],
      ['hangs', () => new Promise(() => {})],
    ])('is an event when that function %s', async (_how, notify) => {
      lab = startEngine({ notify, sendTimeoutMs: 20 });
      await (await lab.signIn(lab.user())).enrollTotp();
      const types = () => lab.events.map(({ type }) => type);
      while (!types().includes('notice_failed')) await later(5);
      expect(types().filter((type) => type === 'notice_failed')).toHaveLength(1);
    });
  });
});

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
