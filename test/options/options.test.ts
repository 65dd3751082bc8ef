import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

import fc from 'fast-check';

import { createMfa, memoryStore, MfaError } from '../../lib/index.ts';
import type { MfaOptions } from '../../lib/mfa-options.ts';
import { settleOptions } from '../../lib/options.ts';
import type { Settled } from '../../lib/options.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { BASE, SENDER } from './base.ts';

const MINUTE = 60_000;
const YEAR = 366 * 24 * 60 * MINUTE;
const settle = (more: object): Settled => settleOptions({ ...BASE, ...more } as MfaOptions);

/** Every option there is, with a value that is taken: the type demands that none is left out. */
const EVERY: { readonly [Name in keyof MfaOptions]-?: MfaOptions[Name] } = {
  ...BASE,
  store: memoryStore(),
  email: SENDER,
  sms: SENDER,
  domain: 'example.com',
  countries: ['DE', 'US'],
  identify: () => undefined,
  notify: () => {},
  onEvent: () => {},
  session: { idleMs: MINUTE, overallMs: MINUTE, pendingMs: MINUTE, limit: 1 },
  freshMs: MINUTE,
  codes: { digits: 8, emailTtlMs: MINUTE, smsTtlMs: MINUTE },
  tries: 3,
  locks: [{ count: 1, waitMs: 1 }],
  hardCap: 10,
  coolDownMs: [1_000],
  limits: UNLIMITED,
  csrf: { origins: ['https://app.example.com'], anyClient: true },
  hosting: { strict: true, allowHttp: true, bodyTimeoutMs: 5 },
  hostTimeoutMs: 5,
  sendTimeoutMs: 5,
  now: () => 5,
};
const OPTIONAL = Object.keys(EVERY).filter((name) => !(name in BASE));

describe('the options', () => {
  it('are 25 at most', () => {
    expect(Object.keys(EVERY).length).toBeLessThanOrEqual(25);
  });

  it('are all taken as they are given', () => {
    expect(settleOptions(EVERY)).toEqual(EVERY);
  });

  it('have the defaults of the security requirements', () => {
    const { store, now, users, keys, issuer, ...defaults } = settleOptions(BASE);
    expect({ users, keys, issuer }).toEqual(BASE);
    expect(defaults).toEqual({
      session: {
        idleMs: 60 * MINUTE,
        overallMs: 24 * 60 * MINUTE,
        pendingMs: 10 * MINUTE,
        limit: 100,
      },
      freshMs: 10 * MINUTE,
      codes: { digits: 6, emailTtlMs: 10 * MINUTE, smsTtlMs: 5 * MINUTE },
      tries: 5,
      locks: [
        { count: 5, waitMs: 30_000 },
        { count: 10, waitMs: 15 * MINUTE },
        { count: 15, waitMs: 60 * MINUTE },
        { count: 20, waitMs: 24 * 60 * MINUTE },
      ],
      hardCap: 50,
      coolDownMs: [30_000, 60_000, 120_000, 300_000],
      limits: {
        account: [
          { limit: 6, windowMs: 60 * MINUTE },
          { limit: 15, windowMs: 24 * 60 * MINUTE },
        ],
        destination: [
          { limit: 5, windowMs: 10 * MINUTE },
          { limit: 5, windowMs: 60 * MINUTE },
          { limit: 10, windowMs: 24 * 60 * MINUTE },
        ],
        network: [
          { limit: 10, windowMs: 60 * MINUTE },
          { limit: 30, windowMs: 24 * 60 * MINUTE },
        ],
        destinationsPerNetwork: [{ limit: 5, windowMs: 60 * MINUTE }],
        prefix: [{ limit: 10, windowMs: 60 * MINUTE }],
        country: [{ limit: 1000, windowMs: 24 * 60 * MINUTE }],
        sms: [{ limit: 500, windowMs: 60 * MINUTE }],
        failures: [
          { limit: 30, windowMs: 10 * MINUTE },
          { limit: 100, windowMs: 60 * MINUTE },
        ],
        conversion: { atLeast: 50, share: 0.3 },
      },
      notify: true,
      csrf: { origins: [], anyClient: false },
      hosting: { strict: false, allowHttp: false, bodyTimeoutMs: 10_000 },
      hostTimeoutMs: 2_000,
      sendTimeoutMs: 10_000,
    });
    expect(Math.abs(now() - Date.now())).toBeLessThan(60_000);
    expect(typeof store.settle).toBe('function');
  });

  it.each(OPTIONAL)('undefined for `%s` erases no default', (name) => {
    expect(plain(settle({ [name]: undefined }))).toEqual(plain(settle({})));
  });

  it.each(['idleMs', 'overallMs', 'pendingMs', 'limit'])('nor does it for `session.%s`', (name) => {
    expect(plain(settle({ session: { [name]: undefined } }))).toEqual(plain(settle({})));
  });

  it.each(['origins', 'anyClient'])('nor does it for `csrf.%s`', (name) => {
    expect(plain(settle({ csrf: { [name]: undefined } }))).toEqual(plain(settle({})));
  });

  it.each(['strict', 'allowHttp', 'bodyTimeoutMs'])('nor does it for `hosting.%s`', (name) => {
    expect(plain(settle({ hosting: { [name]: undefined } }))).toEqual(plain(settle({})));
  });

  it.each(Object.keys(UNLIMITED))('nor does it for `limits.%s`', (name) => {
    expect(plain(settle({ limits: { [name]: undefined } }))).toEqual(plain(settle({})));
  });

  it.each(['digits', 'emailTtlMs', 'smsTtlMs'])('nor does it for `codes.%s`', (name) => {
    expect(plain(settle({ codes: { [name]: undefined } }))).toEqual(plain(settle({})));
  });

  it('takes limits as lists of windows, and an empty list for none', () => {
    expect(settle({ limits: { sms: [] } }).limits.sms).toEqual([]);
    expect(messageOf({ limits: { sms: 500 } })).toMatch(/`limits.sms` must be a list of/);
    expect(messageOf({ limits: { sms: [{ limit: 0, windowMs: 1000 }] } })).toMatch(
      /`limits.sms.0.limit` must be a whole number/,
    );
    expect(messageOf({ limits: { sms: [{ limit: 1 }] } })).toMatch(/`limits.sms.0.windowMs`/);
    expect(messageOf({ limits: { conversion: { share: 2 } } })).toMatch(
      /`limits.conversion.share` must be a number from 0 to 1/,
    );
  });

  describe.each<readonly [string, number, number]>([
    ['hosting.bodyTimeoutMs', 1, MINUTE],
    ['session.idleMs', MINUTE, YEAR],
    ['session.overallMs', MINUTE, YEAR],
    ['session.pendingMs', MINUTE, 60 * MINUTE],
    ['session.limit', 1, 1_000],
    ['freshMs', MINUTE, 60 * MINUTE],
    ['codes.digits', 6, 10],
    ['codes.emailTtlMs', MINUTE, 10 * MINUTE],
    ['codes.smsTtlMs', MINUTE, 10 * MINUTE],
    ['tries', 1, 5],
    ['hardCap', 5, 100],
    ['hostTimeoutMs', 1, MINUTE],
    ['sendTimeoutMs', 1, MINUTE],
  ])('`%s`', (path, min, max) => {
    const [group = '', name] = path.split('.');
    const given = (value: unknown) => ({ [group]: name === undefined ? value : { [name]: value } });
    const expected = `createMfa: \`${path}\` must be a whole number from ${min} to ${max}.`;

    it(`is from ${min} to ${max}`, () => {
      for (const value of [min, max]) expect(settle(given(value))).toMatchObject(given(value));
    });

    it('[VER-8] is nothing else', () => {
      const others = [min - 1, max + 1, min + 0.5, -min, 0, Number.NaN, Number.POSITIVE_INFINITY];
      const strange = [String(min), [min], { valueOf: () => min }, true, null, BigInt(min)];
      for (const value of [...others, ...strange])
        expect([value, messageOf(given(value))]).toEqual([value, expected]);
    });
  });

  it('[VER-8] codes end within 10 minutes, and have 6 digits at least', () => {
    expect(messageOf({ codes: { emailTtlMs: 600_001 } })).toMatch(/codes.emailTtlMs/);
    expect(messageOf({ codes: { smsTtlMs: 600_001 } })).toMatch(/codes.smsTtlMs/);
    expect(messageOf({ codes: { digits: 5 } })).toMatch(/codes.digits/);
    expect(messageOf({ codes: { digits: 11 } })).toMatch(/codes.digits/);
  });

  it.each<readonly [string, unknown, string]>([
    ['issuer', '', ISSUER()],
    ['issuer', 'x'.repeat(65), ISSUER()],
    ['issuer', 'Acme: the app', ISSUER()],
    ['issuer', 'Acme\r\nBcc: x', ISSUER()],
    ['issuer', 'Acme\0', ISSUER()],
    ['issuer', 'Acme\u2028', ISSUER()],
    ['issuer', 'Acme\u2029', ISSUER()],
    ['issuer', 'Acme \ud800', ISSUER()],
    ['issuer', undefined, ISSUER()],
    ['issuer', null, ISSUER()],
    ['issuer', ['Acme'], ISSUER()],
    ['keys', undefined, 'must be a list of keys such as [process.env.MFA_KEY]'],
    ['keys', 'x'.repeat(32), 'must be a list of keys such as [process.env.MFA_KEY]'],
    ['users', undefined, USERS()],
    ['users', null, USERS()],
    ['users', {}, USERS()],
    ['users', { ...BASE.users, findById: undefined }, USERS()],
    ['users', { ...BASE.users, findByEmail: 'x' }, USERS()],
    ['users', { ...BASE.users, verifyPassword: true }, USERS()],
    ['store', {}, 'must be a store, such as redisStore(redis) or memoryStore()'],
    ['store', null, 'must be a store, such as redisStore(redis) or memoryStore()'],
    ['store', 'redis://localhost', 'must be a store, such as redisStore(redis) or memoryStore()'],
    ['email', {}, 'must be a sender, such as nodemailerSender(transport, { from })'],
    ['email', () => {}, 'must be a sender, such as nodemailerSender(transport, { from })'],
    ['email', null, 'must be a sender, such as nodemailerSender(transport, { from })'],
    ['sms', { send: 'x' }, 'must be a sender, such as vonageSender(vonage, { from })'],
    ['domain', '', DOMAIN()],
    ['domain', 'https://example.com', DOMAIN()],
    ['domain', 'example.com:443', DOMAIN()],
    ['domain', 'example.com/', DOMAIN()],
    ['domain', 'Example.com', DOMAIN()],
    ['domain', '.example.com', DOMAIN()],
    ['domain', 'example.com.', DOMAIN()],
    ['domain', 'example..com', DOMAIN()],
    ['domain', '-example.com', DOMAIN()],
    ['domain', 'example-.com', DOMAIN()],
    ['domain', 'exämple.com', DOMAIN()],
    ['domain', 'example.com #000000', DOMAIN()],
    ['domain', 'example.com\n', DOMAIN()],
    ['domain', `${'a'.repeat(250)}.com`, DOMAIN()],
    ['countries', 'DE', COUNTRIES()],
    ['countries', 'ALL', COUNTRIES()],
    ['countries', true, COUNTRIES()],
    ['identify', 'user', 'must be a function: (req) => req.user?.id'],
    ['identify', null, 'must be a function: (req) => req.user?.id'],
    ['notify', 'all', 'must be true, false or a function: (notice, destinations) => void'],
    ['onEvent', {}, 'must be a function: (event) => void'],
    ['now', 5, 'must be a function: () => Date.now()'],
    ['session', null, 'must be an object'],
    ['session', 5, 'must be an object'],
    ['csrf', true, 'must be an object'],
    ['locks', [], LOCKS()],
    ['locks', {}, LOCKS()],
    [
      'locks',
      [
        { count: 5, waitMs: 5 },
        { count: 5, waitMs: 6 },
      ],
      LOCKS(),
    ],
    [
      'locks',
      [
        { count: 5, waitMs: 5 },
        { count: 4, waitMs: 6 },
      ],
      LOCKS(),
    ],
    ['coolDownMs', [], 'must be a list of waits in milliseconds'],
    ['coolDownMs', 30_000, 'must be a list of waits in milliseconds'],
  ])('refuse for `%s` the value %j', (name, value, expected) => {
    expect(messageOf({ [name]: value })).toBe(`createMfa: \`${name}\` ${expected}.`);
  });

  it.each<readonly [string, object, string]>([
    [
      'locks.0.count',
      { locks: [{ count: 0, waitMs: 5 }] },
      'must be a whole number from 1 to 1000000',
    ],
    [
      'locks.1.waitMs',
      {
        locks: [
          { count: 1, waitMs: 5 },
          { count: 2, waitMs: 0.5 },
        ],
      },
      'must be a whole number from 1 to 31622400000',
    ],
    ['locks.0.waitMs', { locks: [{ count: 1 }] }, 'is missing'],
    ['locks.0.wait', { locks: [{ count: 1, waitMs: 5, wait: 5 }] }, 'is no option'],
    ['locks.0', { locks: ['5'] }, 'must be an object'],
    ['coolDownMs.1', { coolDownMs: [1_000, 999] }, 'must be a whole number from 1000 to 86400000'],
    ['countries.1', { countries: ['DE', 'us'] }, COUNTRIES()],
    ['countries.0', { countries: ['DEU'] }, COUNTRIES()],
    ['countries.1', { countries: ['DE', 'XX'] }, COUNTRY()],
    ['countries.0', { countries: ['AQ'] }, COUNTRY()],
    ['countries.0', { countries: ['UK'] }, `${COUNTRY()}: 'GB' is the United Kingdom`],
    ['countries.1', { countries: ['DE', 'EL'] }, `${COUNTRY()}: 'GR' is Greece`],
    ['csrf.anyClient', { csrf: { anyClient: 'yes' } }, 'must be true or false'],
    ['hosting.strict', { hosting: { strict: 'yes' } }, 'must be true or false'],
    ['hosting.allowHttp', { hosting: { allowHttp: 1 } }, 'must be true or false'],
    ['csrf.origins', { csrf: { origins: 'https://app.example.com' } }, 'must be a list of origins'],
  ])('refuse what is wrong at `%s`', (path, given, expected) => {
    expect(messageOf(given)).toBe(`createMfa: \`${path}\` ${expected}.`);
  });

  it.each([
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://app.example.com?x',
    'https://app.example.com#x',
    'https://user:secret@app.example.com',
    'https://App.example.com',
    'https://app.example.com:443',
    'http://app.example.com:80',
    'https://app example.com',
    'https://*.example.com',
    'https://*',
    'file:///etc',
    'javascript:alert(1)',
    'null',
    '*',
    '',
  ])('[TRN-1] refuse the origin %j, which no browser sends', (origin) => {
    expect(messageOf({ csrf: { origins: [origin] } })).toBe(
      'createMfa: `csrf.origins.0` must be an origin such as https://app.example.com.',
    );
  });

  it.each([
    'https://app.example.com',
    'http://localhost:3000',
    'https://[::1]:8443',
    'http://127.0.0.1',
  ])('take the origin %j', (origin) => {
    expect(settle({ csrf: { origins: [origin] } }).csrf.origins).toEqual([origin]);
  });

  it.each(['example.com', 'localhost', 'a.b-c.example', 'xn--exmple-cua.com', '127.0.0.1'])(
    'take the domain %j',
    (domain) => {
      expect(settle({ domain }).domain).toBe(domain);
    },
  );

  it('refuse SMS without the domain that the code is bound to [DEL-6]', () => {
    expect(messageOf({ sms: SENDER, countries: 'all' })).toMatch(
      /^createMfa: `domain` is needed with `sms`/,
    );
  });

  it('refuse SMS without the countries to which it may go [DEL-3]', () => {
    expect(messageOf({ sms: SENDER, domain: 'example.com' })).toMatch(
      /^createMfa: `countries` is needed with `sms`/,
    );
    const none = settle({ sms: SENDER, domain: 'example.com', countries: [] });
    expect(none.countries).toEqual([]);
  });

  it.each([undefined, null, 'Acme', 5, true])('refuse %j in their place', (given) => {
    const error = errorOf(() => settleOptions(given as unknown as MfaOptions));
    expect(error.message).toBe('createMfa: `options` must be an object.');
  });

  it.each(['issuer', 'keys', 'users'])('refuse to go without `%s`', (name) => {
    const { [name as 'issuer']: _, ...rest } = BASE;
    const error = errorOf(() => settleOptions(rest as MfaOptions));
    expect(error.message).toBe(`createMfa: \`${name}\` is missing.`);
  });

  describe('[CRY-3] refuse keys', () => {
    const good = randomBytes(32).toString('base64');

    it.each<readonly [string, readonly unknown[], RegExp]>([
      ['of which there is none', [], /^keys\[0\] is missing: .*openssl rand -base64 32/],
      ['that are not set', [undefined], /^keys\[0\] is missing/],
      ['that are empty', [''], /^keys\[0\] is missing/],
      ['that are too short', [randomBytes(31).toString('base64')], /^keys\[0\] has 31 bytes/],
      ['that are too short bytes', [randomBytes(16)], /^keys\[0\] has 16 bytes/],
      ['of which a later one is too short', [good, 'abcdef'], /^keys\[1\] has/],
      ['that repeat one byte', ['00'.repeat(32)], /^keys\[0\] is not random/],
      [
        'that are a sample',
        ['change-me-change-me-change-me-change-me!'],
        /^keys\[0\] is not random/,
      ],
      [
        'that are a sample and something',
        [`your-secret-key${randomBytes(32).toString('hex')}`],
        /^keys\[0\] is not random/,
      ],
      ['whose id would break a key', [{ id: 'a.b', key: good }], /^keys\[0\]\.id must be/],
    ])('%s', (_what, keys, message) => {
      const error = errorOf(() => createMfa({ ...BASE, keys: keys as MfaOptions['keys'] }));
      expect(error.code).toBe('key_invalid');
      expect(error.message).toMatch(message);
      for (const key of keys)
        if (typeof key === 'string' && key !== '') expect(inspect(error)).not.toContain(key);
    });
  });

  describe('[AVL-8] in production', () => {
    const { NODE_ENV } = process.env;
    beforeEach(() => {
      process.env.NODE_ENV = 'production';
    });
    afterEach(() => {
      process.env.NODE_ENV = NODE_ENV;
    });

    it('refuse to go without a store', () => {
      expect(messageOf({})).toMatch(
        /^createMfa: `store` is needed in production: redisStore\(redis\)/,
      );
      expect(messageOf({ store: undefined })).toMatch(/`store` is needed in production/);
    });

    it('take the memory store where it is asked for by name', () => {
      const store = memoryStore();
      expect(settle({ store }).store).toBe(store);
    });
  });

  it('never show a value that they were given', () => {
    const secret = 'b7f2c9d41e';
    const values = fc.oneof(
      fc.constant(secret),
      fc.constant([secret]),
      fc.constant({ toString: () => secret, secret }),
      fc.constant([{ count: secret, waitMs: secret }]),
      fc.constant({ origins: [secret], anyClient: secret, idleMs: secret, limit: secret }),
    );
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(EVERY)), values, (name, value) => {
        const given = { ...BASE, [name]: value };
        try {
          settleOptions(given as unknown as MfaOptions);
        } catch (error) {
          refused += 1;
          expect(error).toBeInstanceOf(MfaError);
          expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(300);
  });

  it('never fail in any other way than by options_invalid', () => {
    const some = fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(EVERY)), fc.string()),
      fc.anything(),
      { noNullPrototype: false },
    );
    fc.assert(
      fc.property(fc.oneof(some, fc.anything()), (given) => {
        try {
          settleOptions(given as unknown as MfaOptions);
        } catch (error) {
          expect(error).toMatchObject({ name: 'MfaError', code: 'options_invalid' });
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The message by which these options, beside what is needed, are refused. */
function messageOf(more: object): string {
  return errorOf(() => settle(more)).message;
}

function errorOf(run: () => unknown): MfaError {
  try {
    run();
  } catch (error) {
    if (error instanceof MfaError) return error;
    throw error;
  }
  throw new Error('was taken');
}

/** Without the functions, of which a default is another each time. */
function plain(settled: Settled): unknown {
  return JSON.parse(JSON.stringify(settled));
}

function ISSUER(): string {
  return 'must be a name of 1 to 64 characters on one line, without a colon (authenticator apps split on it)';
}

function USERS(): string {
  return 'must be an object with findById, findByEmail and verifyPassword';
}

function DOMAIN(): string {
  return 'must be a host name in lower case, without scheme or port';
}

function COUNTRIES(): string {
  return "must be 'all' or ISO 3166-1 codes such as ['DE', 'US']";
}

function COUNTRY(): string {
  return 'must be the ISO 3166-1 code of a country that has phone numbers';
}

function LOCKS(): string {
  return 'must be a list of { count, waitMs } with rising counts';
}
