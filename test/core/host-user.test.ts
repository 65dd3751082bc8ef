import { account } from '../../lib/core/commands/account.ts';
import { passwordSignIn } from '../../lib/core/commands/password-sign-in.ts';
import { signIn } from '../../lib/core/commands/sign-in.ts';
import { asUser } from '../../lib/core/host-user.ts';
import type { Users } from '../../lib/core/users.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { MfaError } from '../../lib/errors.ts';
import { reasonOf, startEngine, valueOf } from './engine.ts';

const ADA = { id: 'ada', email: 'ada@example.com' };
const EVE = { id: 'eve', email: 'eve@example.com' };

describe('asUser', () => {
  it('takes a user with an id, which becomes a text', () => {
    expect(asUser({ ...ADA }, 'users.findById')).toEqual(ADA);
    expect(asUser({ id: 42, email: 'x' }, 'users.findById')).toEqual({ id: '42', email: 'x' });
    expect(asUser({ id: 0 }, 'users.findById')).toEqual({ id: '0' });
  });

  const LONGEST = ['abcdefgh', 'abcdefgh', 'abcdefgh', 'abcdefgh'].join('-');
  it.each(['de', 'de-AT', 'zh-Hant-TW', 'sr-Latn-RS', 'DE-at', LONGEST])(
    'takes the locale %s',
    (locale) => {
      expect(asUser({ ...ADA, locale }, 'users.findById')).toEqual({ ...ADA, locale });
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
    expect(asUser({ ...ADA, locale }, 'users.findById')).toEqual(ADA);
  });

  it.each([null, undefined])('takes %j for no user', (found) => {
    expect(asUser(found, 'users.findById')).toBeUndefined();
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
    const read = () => asUser(found, 'users.findById');
    expect(read).toThrow(MfaError);
    expect(read).toThrow(expect.objectContaining({ code: 'host_callback_failed' }));
    expect(read).toThrow(/^users\.findById must give a user with an `id`/);
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

  it('[A75] is told which of its functions is at fault', async () => {
    const engine = host({ findById: () => 'ada' as unknown as User });
    await expect(signIn(engine, {}, 'ada', 'password')).rejects.toThrow(/^users\.findById must/);
  });

  it('[A75] is at fault when it finds another user for a session that began well', async () => {
    let found: User = ADA;
    const engine = host({ findById: () => found });
    const outcome = await signIn(engine, {}, 'ada', 'password');
    const caller = { pointer: outcome.status === 'done' ? outcome.pointer : undefined };
    expect(valueOf(await account(engine, caller)).user).toEqual(ADA);
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
