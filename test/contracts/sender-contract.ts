import { inspect } from 'node:util';

import { isLate } from '../../lib/core/is-late.ts';
import type { Message, Sender } from '../../lib/core/ports.ts';
import { MfaError } from '../../lib/errors.ts';

/** A message as the far end took it. */
export interface Delivered {
  readonly to: readonly string[];
  readonly text: string;
}

/** A sender of one kind, over the real library, and the far end that it talks to. */
export interface SenderWorld {
  /** A sender to the far end. */
  sender(options?: { readonly timeoutMs?: number }): Sender;
  /** A sender whose transport is this function. */
  over(send: (sent: unknown) => unknown): Sender;
  /** The nth message that is fine: no two have a destination or a text in common. */
  message(n?: number): Message;
  /** What the far end calls the destination of the nth message. */
  destination(n?: number): string;
  delivered(): readonly Delivered[];
  /** How often the far end was spoken to at all. */
  contacts(): number;
  /** From now on the far end takes nothing. */
  refuse(): void;
  /** From now on the far end answers nothing. */
  hang(): void;
  /** The credentials, as they are and as they go over the wire. */
  readonly credentials: readonly string[];
  close(): Promise<void>;
}

/** What every sender promises. Call it in the `describe` of the sender. */
export function senderContract(start: () => Promise<SenderWorld>): void {
  let world: SenderWorld;
  beforeEach(async () => {
    world = await start();
  });
  afterEach(() => world.close());

  const secretsOf = (message: Message): readonly string[] => [
    ...world.credentials,
    message.to,
    message.to.replace('+', ''),
    message.text,
    codeOf(message),
  ];

  it('resolves once the far end took the text, word for word, for one destination', async () => {
    await world.sender().send(world.message());
    expect(world.delivered()).toEqual([{ to: [world.destination()], text: world.message().text }]);
  });

  describe('refuses before it speaks to anybody', () => {
    it.each(HOSTILE_DESTINATIONS)('[DEL-7] a destination that is $what', async ({ change }) => {
      const message = { ...world.message(), to: change(world.message().to) as string };
      await expectFailure(world.sender().send(message));
      expect(world.contacts()).toBe(0);
    });

    it.each(HOSTILE_TEXTS)('[DEL-7] a text that is $what', async ({ text }) => {
      const message = { ...world.message(), text: text as string };
      await expectFailure(world.sender().send(message));
      expect(world.contacts()).toBe(0);
    });

    it.each(HOSTILE_TEXTS.filter(({ text }) => text !== undefined))(
      '[DEL-7] an HTML that is $what',
      async ({ text }) => {
        await expectFailure(world.sender().send({ ...world.message(), html: text as string }));
        expect(world.contacts()).toBe(0);
      },
    );

    it('a message of another channel', async () => {
      const { channel } = world.message();
      const other = channel === 'sms' ? 'email' : 'sms';
      await expectFailure(world.sender().send({ ...world.message(), channel: other }));
      expect(world.contacts()).toBe(0);
    });

    it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a ttlMs of %d', async (ttlMs) => {
      await expectFailure(world.sender().send({ ...world.message(), ttlMs }));
      expect(world.contacts()).toBe(0);
    });

    it('[LOG-1] and says so without the destination and the text', async () => {
      const message = { ...world.message(), to: `${world.message().to}\r\nBcc: evil@evil.test` };
      const error = await expectFailure(world.sender().send(message));
      expect(found([...secretsOf(world.message()), 'evil'], error)).toEqual([]);
    });
  });

  it('[LOG-1] [LOG-5] fails by delivery_failed, without credentials, destination, text or code, when the far end refuses', async () => {
    world.refuse();
    const error = await expectFailure(world.sender().send(world.message()));
    expect(found(secretsOf(world.message()), error)).toEqual([]);
    expect(world.contacts()).toBeGreaterThan(0);
    expect(isLate(error)).toBe(false);
  });

  it('[LOG-1] [DEL-2] gives up on a far end that never answers, so that it counts as sent', async () => {
    world.hang();
    const error = await expectFailure(world.sender({ timeoutMs: 300 }).send(world.message()));
    expect(found(secretsOf(world.message()), error)).toEqual([]);
    expect(error.message).toMatch(/in time/);
    expect(isLate(error)).toBe(true);
  });

  it.each<readonly [string, (thrown: unknown) => () => unknown]>([
    [
      'throws at once',
      (thrown) => () => {
        throw thrown;
      },
    ],
    ['rejects', (thrown) => () => Promise.reject(thrown)],
  ])('[LOG-1] keeps back what a transport holds that %s', async (_how, transport) => {
    const message = world.message();
    const secrets = secretsOf(message);
    for (const thrown of leaky(secrets)) {
      const error = await expectFailure(world.over(transport(thrown)).send(message));
      expect(found(secrets, error)).toEqual([]);
    }
  });

  it('delivers again after a failure', async () => {
    const sender = world.sender();
    await expectFailure(sender.send({ ...world.message(1), to: '' }));
    await sender.send(world.message(2));
    expect(world.delivered().map(({ to }) => to)).toEqual([[world.destination(2)]]);
  });

  it('never mixes 20 messages that are sent at the same time', async () => {
    const sender = world.sender();
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all(numbers.map((n) => sender.send(world.message(n))));
    const expected = numbers.map((n) => ({
      to: [world.destination(n)],
      text: world.message(n).text,
    }));
    expect(world.delivered()).toHaveLength(20);
    expect(world.delivered()).toEqual(expect.arrayContaining(expected));
  });

  it('never mixes them when the transport looks at each only after all 20 have come', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const seen: string[] = [];
    let waiting = numbers.length;
    let release = (): void => {};
    const allHere = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sender = world.over(async (sent) => {
      waiting -= 1;
      if (waiting === 0) release();
      await allHere;
      seen.push(JSON.stringify(sent));
      return { messageUUID: 'an id', accepted: ['one'] };
    });
    await Promise.all(numbers.map((n) => sender.send(world.message(n))));
    expect(seen).toHaveLength(20);
    for (const n of numbers) {
      const { text } = world.message(n);
      const own = seen.filter((payload) => payload.includes(JSON.stringify(text)));
      expect(own).toEqual([expect.stringContaining(`"${world.destination(n)}"`)]);
    }
  });
}

/** Waits for the failure, and checks that it is the one error that a sender may give. */
export async function expectFailure(sending: Promise<unknown>): Promise<MfaError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MfaError)) throw new Error(`expected an MfaError, got ${inspect(error)}`);
  expect(error.code).toBe('delivery_failed');
  return error;
}

/** Those of the secrets that anything printed of the error would show, plain or encoded. */
export function found(secrets: readonly string[], error: Error): readonly string[] {
  const shown = [
    String(error),
    error.stack,
    inspect(error, { depth: 10, showHidden: true }),
    JSON.stringify(error),
    JSON.stringify(error.cause),
  ].join('\n');
  return secrets.filter((secret) => spellings(secret).some((spelling) => shown.includes(spelling)));
}

function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

function codeOf({ text }: Message): string {
  const [code] = /\d{6}/.exec(text) ?? [];
  if (code === undefined) throw new Error('a message of the contract must hold a code of 6 digits');
  return code;
}

/** Errors as careless as the ones of real transports, with every secret wherever one might be. */
function leaky(secrets: readonly string[]): readonly unknown[] {
  return secrets.flatMap((secret) => [
    secret,
    { config: { headers: { authorization: secret }, data: secret } },
    Object.assign(new Error(secret, { cause: new Error(secret) }), {
      name: secret,
      code: secret,
      responseCode: secret,
      response: { status: secret, body: secret },
    }),
    new AggregateError([new Error(secret)], secret),
    undefined,
    null,
  ]);
}

const HOSTILE_DESTINATIONS: ReadonlyArray<{
  readonly what: string;
  readonly change: (to: string) => unknown;
}> = [
  { what: 'empty', change: () => '' },
  { what: 'missing', change: () => undefined },
  { what: 'null', change: () => null },
  { what: 'a number', change: () => 447700900000 },
  { what: 'a list of one', change: (to) => [to] },
  { what: 'a list of two', change: (to) => [to, 'evil@evil.test'] },
  { what: 'an object', change: (to) => ({ address: to }) },
  { what: 'an object that can be read as text', change: (to) => ({ toString: () => to }) },
  { what: 'followed by a header', change: (to) => `${to}\r\nBcc: evil@evil.test` },
  { what: 'followed by CR', change: (to) => `${to}\r` },
  { what: 'followed by LF', change: (to) => `${to}\n` },
  { what: 'preceded by LF', change: (to) => `\n${to}` },
  { what: 'followed by NUL', change: (to) => `${to}\0` },
  { what: 'followed by a tab', change: (to) => `${to}\t` },
  { what: 'followed by a line separator', change: (to) => `${to}\u2028` },
  { what: 'followed by a control character', change: (to) => `${to}\u0085` },
  { what: 'followed by a right-to-left mark', change: (to) => `${to}\u200f` },
  { what: 'followed by a space', change: (to) => `${to} ` },
  { what: 'preceded by a space', change: (to) => ` ${to}` },
  { what: 'two with a comma', change: (to) => `${to},${to}` },
  { what: 'two with a semicolon', change: (to) => `${to};${to}` },
  { what: 'two with a space', change: (to) => `${to} ${to}` },
  { what: 'in angle brackets', change: (to) => `<${to}>` },
  { what: 'in quotes', change: (to) => `"${to}"` },
  { what: 'a group', change: (to) => `g: ${to};` },
  { what: 'a URI', change: (to) => `tel:${to}` },
  { what: 'endless', change: (to) => to.padEnd(100_000, '1') },
];

const HOSTILE_TEXTS: ReadonlyArray<{ readonly what: string; readonly text: unknown }> = [
  { what: 'empty', text: '' },
  { what: 'missing', text: undefined },
  { what: 'a file to read', text: { path: '/etc/hostname' } },
  { what: 'a URL to fetch', text: { href: 'http://127.0.0.1:1/' } },
  { what: 'a buffer', text: Buffer.from('123456') },
  { what: 'broken by NUL', text: 'Code\0 123456' },
  { what: 'coloured by escapes', text: '\u001B[31mCode 123456' },
];
