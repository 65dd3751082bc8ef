import { findLeaks } from './find-leaks.ts';
import { textsIn } from './texts-in.ts';

const POINTER = 'q9vTz_4-Wk2LxYbN7fRsJhC0aGdE5mUoPiQtV1w3Zc8';
const CODE = '271828';
const SECRETS = {
  'a pointer': POINTER,
  'a recovery code': '7K2M-XQ9P-4DTW-H3ZB',
  'an otpauth URI': 'otpauth://totp/Acme:ada%40mail.example?secret=JBSWY3DPEHPK3PXP&issuer=Acme',
  'a password': 'correct horse battery staple',
};
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  hex: (secret) => Buffer.from(secret).toString('hex'),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 of a longer text': (secret) => Buffer.from(`it is ${secret}, it is`).toString('base64'),
  'hex of a longer text, in capitals': (secret) =>
    Buffer.from(`{"is":"${secret}"}`).toString('hex').toUpperCase(),
  'form of a URL': (secret) => encodeURIComponent(secret),
  'form of a query': (secret) => String(new URLSearchParams({ is: secret })),
};

const leaksIn = (text: string, secret: string | Uint8Array, sink = 'event.reason') =>
  findLeaks(new Map([[secret, 'it']]), new Map([[sink, new Set([text])]]));

describe.each(Object.entries(SECRETS))('%s in what was heard', (_what, secret) => {
  it.each(Object.entries(FORMS))('is found as %s, and not said again [LOG-1]', (_form, made) => {
    const leaks = leaksIn(`the cause: ${made(secret)}; see above`, secret);
    expect(leaks.length).toBeGreaterThan(0);
    expect(leaks.join()).toMatch(/^it in (?:plain|hex|base64|URL) in event\.reason/);
    expect(leaks.join()).not.toContain(secret);
  });

  it('is not found where all but its last letter stands', () => {
    for (const made of Object.values(FORMS))
      expect(leaksIn(`${made(secret.slice(0, -1))} and on`, secret)).toEqual([]);
  });
});

describe('a code in what was heard', () => {
  it.each(['plain', 'hex', 'base64', 'base64url'])('is found as %s [LOG-1]', (form) => {
    const text = `code=${FORMS[form]?.(CODE) ?? ''}.`;
    expect(leaksIn(text, CODE)).toEqual([expect.stringMatching(/^it in \w+ in event\.reason$/)]);
  });

  it.each([
    ['part of a longer number', `at 1${CODE}0`],
    ['a duration', `did not answer within ${CODE} ms.`],
    ['a process', `(node:${CODE}) Warning`],
    ['a place in code', `engine.ts:12:${CODE}`],
  ])('is not found in %s', (_what, text) => {
    expect(leaksIn(text, CODE)).toEqual([]);
  });

  it('is not found in an id', () => {
    expect(leaksIn(CODE, CODE, 'event.userId')).toEqual([]);
  });
});

it('finds the bytes of a key in hex and base64 [LOG-1]', () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256);
  for (const encoding of ['hex', 'base64', 'base64url'] as const)
    expect(leaksIn(`key ${Buffer.from(key).toString(encoding)}`, key)).not.toEqual([]);
});

it('hears what an error holds: its causes, its fields and their bytes', () => {
  const cause = Object.assign(new Error('in the cause'), { response: { body: ['in a field'] } });
  const error = new Error('in the message', { cause });
  const texts = textsIn([Object.assign(error, { raw: Buffer.from('bytes'), self: error })]);
  const bytes = Buffer.from('bytes').toString('hex');
  expect(texts).toEqual(
    expect.arrayContaining(['in the message', 'in the cause', 'in a field', bytes]),
  );
});
