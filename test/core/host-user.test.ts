import { account } from '../../lib/core/commands/account.ts';
import { changePhone } from '../../lib/core/commands/change-phone.ts';
import { passwordSignIn } from '../../lib/core/commands/password-sign-in.ts';
import { signIn } from '../../lib/core/commands/sign-in.ts';
import { asFound } from '../../lib/core/host-user.ts';
import type { Users } from '../../lib/core/users.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { MfaError } from '../../lib/errors.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { reasonOf, sentCode, startEngine, valueOf } from './engine.ts';

const ADA = { id: 'ada', email: 'ada@example.com' };
const EVE = { id: 'eve', email: 'eve@example.com' };
const UNPROVED = { emailVerified: false, phoneVerified: false };

/** A user as Sequelize and Mongoose give one: what is kept is private, what is read stands in the class. */
class Model implements User {
  readonly #kept: User;
  constructor(kept: User) {
    this.#kept = kept;
  }
  get id() {
    return this.#kept.id;
  }
  get name() {
    return this.#kept.name;
  }
  get email() {
    return this.#kept.email;
  }
  get emailVerified() {
    return this.#kept.emailVerified;
  }
  get phone() {
    return this.#kept.phone;
  }
  get phoneVerified() {
    return this.#kept.phoneVerified;
  }
  get createdAt() {
    return this.#kept.createdAt;
  }
  get locale() {
    return this.#kept.locale;
  }
  /** Of the object itself only: a copy has none. */
  isRight(password: string) {
    return this.#kept.id === 'ada' && password === 'right';
  }
}

function hidden(user: User): object {
  const names = Object.entries(user).map(([name, value]) => [
    name,
    { enumerable: false, get: () => value as unknown },
  ]);
  return Object.defineProperties({}, Object.fromEntries(names) as PropertyDescriptorMap);
}

/** What is read of what `users.findById` answered. */
const read = (answer: unknown) => asFound(answer, 'users.findById')?.user;

describe('asFound', () => {
  it('takes a user with an id, which becomes a text', () => {
    expect(read({ ...ADA })).toEqual({ ...ADA, ...UNPROVED });
    expect(read({ id: 42, email: 'x' })).toEqual({ id: '42', email: 'x', ...UNPROVED });
    expect(read({ id: 0 })).toEqual({ id: '0', ...UNPROVED });
  });

  const EVERY: Required<User> = {
    id: 'ada',
    name: 'Ada',
    email: 'ada@example.com',
    emailVerified: true,
    phone: '+4915112345678',
    phoneVerified: false,
    createdAt: new Date(0),
    locale: 'de',
  };

  it.each<readonly [string, unknown]>([
    ['a row', { ...EVERY, passwordHash: 'x' }],
    ['an instance of a class with accessors', new Model(EVERY)],
    ['an instance of a class that extends it', new (class extends Model {})(EVERY)],
    ['an object that inherits everything', Object.create(EVERY)],
    ['an object with accessors that no loop shows', hidden(EVERY)],
    ['a proxy', new Proxy({}, { get: (_target, name) => ({ ...EVERY })[name as keyof User] })],
  ])('reads %s by the names of a user, and nothing else', (_what, answer) => {
    expect(read(answer)).toStrictEqual(EVERY);
  });

  it('keeps the very object, for the functions of its host', () => {
    const model = new Model(EVERY);
    expect(asFound(model, 'users.findById')?.own).toBe(model);
  });

  const LONGEST = ['abcdefgh', 'abcdefgh', 'abcdefgh', 'abcdefgh'].join('-');
  it.each(['de', 'de-AT', 'zh-Hant-TW', 'sr-Latn-RS', 'DE-at', LONGEST])(
    'takes the locale %s',
    (locale) => {
      expect(read({ ...ADA, locale })).toEqual({ ...ADA, ...UNPROVED, locale });
    },
  );

  it.each([
    null,
    '',
    'de_AT',
    'de\r\nBcc: x',
    'd'.repeat(36),
    `${LONGEST}-a`,
    49,
    {},
    ['de'],
    true,
  ])('takes the locale %j for none', (locale) => {
    expect(read({ ...ADA, locale })).toEqual({ ...ADA, ...UNPROVED });
  });

  describe.each(['emailVerified', 'phoneVerified'])('[DEL-10] by `%s`', (name) => {
    it.each([true, 1, new Date(0), new Date('2026-11-30T00:00:00Z')])(
      'takes %p for a yes',
      (value) => {
        expect(read({ ...ADA, [name]: value })).toEqual({ ...ADA, ...UNPROVED, [name]: true });
      },
    );

    it.each([false, 0, null, undefined])('takes %p for a no', (value) => {
      expect(read({ ...ADA, [name]: value })).toEqual({ ...ADA, ...UNPROVED });
    });

    it.each([
      'false',
      'no',
      '0',
      '',
      'true',
      'yes',
      '2026-11-30T00:00:00Z',
      1_796_000_000_000,
      2,
      -1,
      Number.NaN,
      1n,
      0n,
      new Date(Number.NaN),
      [false],
      [],
      {},
      () => true,
      Promise.resolve(false),
    ])('[A75] takes %p for a fault, and never for a yes', (value) => {
      expect(() => read({ ...ADA, [name]: value })).toThrow(
        expect.objectContaining({
          code: 'host_callback_failed',
          message: `users.findById must give \`${name}\` as true or false; 1, 0, null and the date of it will do, and a text such as "false" never.`,
        }),
      );
    });
  });

  it.each(['email', 'phone'])(
    'takes a text for `%s`, null for none, and the rest for a fault',
    (name) => {
      expect(read({ ...ADA, [name]: 'x' })).toMatchObject({ [name]: 'x' });
      for (const none of [null, undefined])
        expect(read({ ...ADA, [name]: none })).toHaveProperty(name, undefined);
      for (const odd of [5, 4915112345678n, true, ['ada@example.com'], { address: ADA.email }])
        expect(() => read({ ...ADA, [name]: odd })).toThrow(
          expect.objectContaining({
            code: 'host_callback_failed',
            message: `users.findById must give \`${name}\` as a text, or null when there is none.`,
          }),
        );
    },
  );

  it.each([null, { first: 'Ada', last: 'Lovelace' }, ['Ada'], 7])(
    'takes the name %j for none',
    (name) => {
      expect(read({ ...ADA, name })).toEqual({ ...ADA, ...UNPROVED });
    },
  );

  it('takes the time null for none', () => {
    expect(read({ ...ADA, createdAt: null })).toHaveProperty('createdAt', undefined);
  });

  it.each([null, undefined])('takes %j for no user', (found) => {
    expect(read(found)).toBeUndefined();
  });

  it.each<readonly [string, unknown]>([
    ['true', true],
    ['false', false],
    ['an empty text', ''],
    ['a text', 'ada'],
    ['a number', 1],
    ['a list', [ADA]],
    ['an empty list', []],
    ['an object without an id', {}],
    ['an undefined id', { id: undefined }],
    ['a null id', { id: null }],
    ['an empty id', { id: '' }],
    ['NaN for an id', { id: Number.NaN }],
    ['an object for an id', { id: { $oid: '1' } }],
    ['a list for an id', { id: ['ada'] }],
    ['true for an id', { id: true }],
  ])('[A75] takes %s for a fault of the host, without printing it', (_what, found) => {
    expect(() => read(found)).toThrow(MfaError);
    expect(() => read(found)).toThrow(expect.objectContaining({ code: 'host_callback_failed' }));
    expect(() => read(found)).toThrow(/^users\.findById must give a user with an `id`/);
  });
});

describe('a host whose users are of a class', () => {
  /** An engine whose host knows Ada only, by objects of a class that check their own passwords. */
  function host() {
    const found = { ...ADA, emailVerified: true, locale: 'de' };
    const users: Users = {
      findById: (id) => (id === 'ada' ? new Model(found) : null),
      findByEmail: (email) => (email === ADA.email ? new Model(found) : null),
      verifyPassword: (user: Model, password) => user.isRight(password),
      updatePhone: (_id, phone) => Object.assign(found, { phone }),
    };
    return startEngine({ users });
  }

  it('gets its own object when a password is checked', async () => {
    const { engine } = host();
    const signedIn = (password: string) =>
      passwordSignIn(engine, {}, { email: ADA.email, password });
    expect(reasonOf(await signedIn('wrong'))).toBe('credentials');
    const outcome = await signedIn('right');
    expect(valueOf(outcome).record.userId).toBe('ada');
    const caller = { pointer: outcome.status === 'done' ? outcome.pointer : undefined };
    const change = (password: string) =>
      changePhone(engine, caller, { phone: '+4915112345678', password });
    expect(reasonOf(await change('wrong'))).toBe('credentials');
    expect(valueOf(await change('right')).user).toMatchObject({ phone: '+4915112345678' });
  });

  it('[DEL-10] vouches for an address by it', async () => {
    const lab = host();
    const visit = await lab.signIn(ADA);
    valueOf(await visit.switchMfa(true));
    const next = await lab.signIn(ADA);
    expect(await next.guard()).toBe('more-factors');
    valueOf(await next.prove('email', () => sentCode(lab)));
    expect(await next.guard()).toBe('allowed');
  });

  it('[ENR-6] has the owner told of what is bound, at the address and in the language of it', async () => {
    const lab = host();
    const visit = await lab.signIn(ADA);
    await visit.enrollTotp();
    await everythingSent();
    expect(lab.outbox).toMatchObject([{ to: ADA.email, channel: 'email' }]);
    expect(lab.outbox[0]?.html).toContain('lang="de"');
  });
});

describe('a host that answers strangely', () => {
  /** An engine whose host knows Ada and her password, but for what is said here. */
  function host(users: Partial<Users>) {
    return startEngine({
      users: {
        findById: (id) => [ADA, EVE].find((user) => user.id === id),
        findByEmail: (email) => [ADA, EVE].find((user) => user.email === email),
        verifyPassword: (_user, password) => password === 'right',
        ...users,
      },
    }).engine;
  }
  const credentials = { email: ADA.email, password: 'right' };

  it('[A75] is at fault, and nobody is signed in, when it finds a user of another id', async () => {
    const engine = host({ findById: () => EVE });
    await expect(signIn(engine, {}, 'ada', 'password')).rejects.toMatchObject({
      code: 'host_callback_failed',
      message: expect.not.stringContaining('eve'),
    });
    await expect(passwordSignIn(engine, {}, credentials)).rejects.toThrow(MfaError);
    expect(await engine.store.sessions('ada')).toEqual([]);
    expect(await engine.store.sessions('eve')).toEqual([]);
  });

  it('[A75] [DEL-10] signs nobody in while an address is verified by "false", and hears why', async () => {
    const findById = () => ({ ...ADA, emailVerified: 'false' }) as unknown as User;
    const engine = host({ findById });
    await expect(passwordSignIn(engine, {}, credentials)).rejects.toThrow(
      /`emailVerified` as true/,
    );
    expect(await engine.store.sessions('ada')).toEqual([]);
  });

  it('[A75] is told which of its functions is at fault', async () => {
    const engine = host({ findById: () => 'ada' as unknown as User });
    await expect(signIn(engine, {}, 'ada', 'password')).rejects.toThrow(/^users\.findById must/);
  });

  it('[A75] is at fault when it finds another user for a session that began well', async () => {
    let found: User = ADA;
    const engine = host({ findById: () => found });
    const outcome = await signIn(engine, {}, 'ada', 'password');
    const caller = { pointer: outcome.status === 'done' ? outcome.pointer : undefined };
    expect(valueOf(await account(engine, caller)).user).toEqual({ ...ADA, ...UNPROVED });
    found = EVE;
    await expect(account(engine, caller)).rejects.toThrow(MfaError);
  });

  it('ends what a user could do who is no longer there', async () => {
    let found: User | undefined = ADA;
    const engine = host({ findById: () => found });
    const outcome = await signIn(engine, {}, 'ada', 'password');
    const caller = { pointer: outcome.status === 'done' ? outcome.pointer : undefined };
    found = undefined;
    expect(reasonOf(await account(engine, caller))).toBe('first-factor');
    expect(reasonOf(await signIn(engine, {}, 'ada', 'password'))).toBe('first-factor');
  });

  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['1', 1],
    ['a text', 'true'],
    ['a row', { id: 'ada' }],
    ['a list', []],
    ['a function', () => true],
    ['a promise of a row', Promise.resolve({ ok: true })],
    ['a promise of nothing', Promise.resolve()],
  ])('[A75] verifies no password by answering %s', async (_what, answer) => {
    const engine = host({ verifyPassword: () => answer as boolean });
    expect(reasonOf(await passwordSignIn(engine, {}, credentials))).toBe('credentials');
    expect(await engine.store.sessions('ada')).toEqual([]);
  });

  it('[AVL-6] signs nobody in when it throws or hangs', async () => {
    const throws = host({
      verifyPassword: () => {
        throw new Error(`no database for ${ADA.email}`);
      },
    });
    await expect(passwordSignIn(throws, {}, credentials)).rejects.toMatchObject({
      code: 'host_callback_failed',
      message: 'users.verifyPassword threw; see the cause.',
    });
    const hangs = startEngine({
      hostTimeoutMs: 10,
      users: {
        findById: () => new Promise<never>(() => {}),
        findByEmail: () => ADA,
        verifyPassword: () => true,
      },
    }).engine;
    await expect(passwordSignIn(hangs, {}, credentials)).rejects.toMatchObject({
      code: 'host_callback_timeout',
    });
    for (const engine of [throws, hangs]) expect(await engine.store.sessions('ada')).toEqual([]);
  });

  it('[A22] hears the same of an unknown address and of a wrong password', async () => {
    const engine = host({});
    const unknown = await passwordSignIn(
      engine,
      {},
      { ...credentials, email: 'nobody@example.com' },
    );
    const wrong = await passwordSignIn(engine, {}, { ...credentials, password: 'wrong' });
    expect(wrong).toEqual({ status: 'refused', reason: 'credentials' });
    expect(unknown).toEqual(wrong);
  });
});
