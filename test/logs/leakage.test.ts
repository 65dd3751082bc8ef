import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

import type { Response } from 'supertest';

import { memoryStore } from '../../lib/index.ts';
import type { Message } from '../../lib/index.ts';
import { startApp } from '../support/app.ts';
import type { Browser, HostUser, TestApp } from '../support/app.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { addUser, codeMessages, otherCode, totpCode, wrongAppCode } from '../support/story.ts';
import { formsOf, listenToStreams, overheard, talkative } from './sinks.ts';
import type { Streams } from './sinks.ts';

const HOSTILE = 'phone\r\nforged: line\u001b[31m';
const USER_ACTIONS = new Set([
  'signed_in',
  'signed_out',
  'mfa_switched_on',
  'mfa_switched_off',
  'challenge_created',
  'challenge_completed',
  'challenge_refused',
  'factor_locked',
  'authenticator_added',
  'authenticator_renamed',
  'authenticator_removed',
  'authenticator_disabled',
  'recovery_codes_replaced',
  'delivery_failed',
]);
const MAY_BE_TOLD = [
  'type',
  'at',
  'userId',
  'session',
  'factor',
  'authenticator',
  'ip',
  'reason',
  'error',
];

describe('a whole story, with every sink open', () => {
  let app: TestApp;
  let streams: Streams;
  let user: HostUser;
  const secrets = new Map<string, string>();
  const answers: { readonly what: string; readonly response: Response }[] = [];
  const store = overheard(memoryStore());
  const outbox: Message[] = [];
  const key = randomBytes(32);
  let breaks: (message: Message) => boolean = () => false;

  const note = (what: string, secret: string): string => {
    if (secret.length < 6) throw new Error(`No secret was seen: ${what}.`);
    secrets.set(what, secret);
    return secret;
  };
  const heard = async (what: string, asked: PromiseLike<Response>): Promise<Response> => {
    const response = await asked;
    answers.push({ what, response });
    return response;
  };
  const lastCode = () => /\b\d{6}\b/.exec(codeMessages(outbox).at(-1)?.text ?? '')?.[0] ?? '';
  const notePointer = (what: string) => {
    const pointers = [...sessionJson().matchAll(/"mfa":"([^"]+)"/g)].map(
      ([, found]) => found ?? '',
    );
    pointers.forEach((pointer, i) => note(`${what} ${i}`, pointer.split('.').at(-1) ?? ''));
  };
  const sessionJson = () =>
    Object.values((app.sessions as unknown as { sessions: Record<string, string> }).sessions).join(
      '\n',
    );

  async function open(browser: Browser, factor: string): Promise<string> {
    const path = '/v1/account/mfa/challenges';
    const { body } = await heard(`challenge ${factor}`, browser.post(path, { factor }));
    return String((body as { $id?: string }).$id);
  }
  const answer = (browser: Browser, challengeId: string, otp: string) =>
    heard('answer', browser.put('/v1/account/mfa/challenges', { challengeId, otp }));
  async function signIn(): Promise<Browser> {
    const browser = app.browser();
    const { email, password } = user;
    const path = '/v1/account/sessions/email';
    await heard('sign-in', browser.post(path, { email, password }));
    return browser;
  }

  beforeAll(async () => {
    streams = listenToStreams();
    const sender = {
      async send(message: Message) {
        if (breaks(message)) {
          const code = /\b\d{6}\b/.exec(message.text)?.[0];
          if (code !== undefined) note('undelivered code', code);
          throw new Error(`550 to <${message.to}>: ${message.text}`, { cause: message });
        }
        outbox.push(message);
      },
    };
    app = await startApp({ store: store.store, keys: [key], email: sender, sms: sender });
    user = addUser(app, { email: 'ada.lovelace@mail.example', phone: '+14155552671' });
    note('password', user.password);
    note('key', key.toString('base64'));
    await tell();
  });
  afterAll(() => app.close());

  async function tell(): Promise<void> {
    const owner = await signIn();
    const mfa = '/v1/account/mfa';

    // Every factor is enrolled; the app has a name that would forge a line.
    const begun = await heard(
      'reveal',
      owner.post(`${mfa}/authenticators/totp`, { name: HOSTILE }),
    );
    const { secret: seed = '' } = (
      begun.body.secret === undefined
        ? (await heard('reveal', owner.post(`${mfa}/authenticators/totp`))).body
        : begun.body
    ) as { secret?: string };
    note('seed', seed);
    const first = note('enrollment code', totpCode(app, seed));
    await heard('confirm', owner.put(`${mfa}/authenticators/totp`, { otp: first }));
    app.clock.forward(30_000);
    for (const factor of ['email', 'phone']) {
      await heard('enroll', owner.post(`${mfa}/authenticators/${factor}`));
      const otp = note(`${factor} enrollment code`, lastCode());
      await heard('confirm', owner.put(`${mfa}/authenticators/${factor}`, { otp }));
    }
    const made = await heard('reveal', owner.post(`${mfa}/recovery-codes`));
    const codes = (made.body as { recoveryCodes: string[] }).recoveryCodes;
    codes.forEach((code, i) => note(`recovery code ${i}`, code));
    await heard('switch', owner.patch(mfa, { mfa: true }));
    notePointer('pointer');

    // Every factor is proved, and fails: wrong, used, locked.
    const browser = await signIn();
    const typed = note('app code', totpCode(app, seed));
    await answer(browser, await open(browser, 'totp'), typed);
    await answer(browser, await open(browser, 'totp'), typed);
    app.clock.forward(61_000);
    for (const factor of ['email', 'phone']) {
      const visitor = await signIn();
      const id = await open(visitor, factor);
      const code = note(`${factor} code`, lastCode());
      for (let i = 0; i < 4; i++) await answer(visitor, id, otherCode(code));
      await answer(visitor, id, code);
      await answer(visitor, id, code);
    }
    const guesser = await signIn();
    for (let i = 0; i < 6; i++)
      await answer(guesser, await open(guesser, 'totp'), wrongAppCode(app, seed));
    const [one = '', two = ''] = codes;
    const recovering = await signIn();
    await answer(recovering, await open(recovering, 'recoveryCode'), one);
    await answer(recovering, await open(recovering, 'recoveryCode'), one);
    await answer(recovering, await open(recovering, 'recoveryCode'), two.toLowerCase());
    notePointer('pointer after');

    // Faults: a transport that repeats what it was given, a host that throws, a body that is none.
    breaks = () => true;
    app.clock.forward(5 * 60_000);
    await open(recovering, 'email');
    const replaced = await heard('reveal', recovering.patch(`${mfa}/recovery-codes`));
    ((replaced.body as { recoveryCodes?: string[] }).recoveryCodes ?? []).forEach((code, i) =>
      note(`new recovery code ${i}`, code),
    );
    await everythingSent();
    breaks = () => false;
    const { findById } = { findById: app.users.get.bind(app.users) };
    app.users.get = () => {
      throw new Error('the database is away');
    };
    await heard('fault', recovering.get('/v1/account'));
    app.users.get = findById;
    await heard('malformed', recovering.put(`${mfa}/challenges`, { challengeId: [one], otp: {} }));
    const listed = await heard('list', recovering.get(`${mfa}/authenticators`));
    const { authenticators } = listed.body as { authenticators: { $id: string }[] };
    const renamed = `${mfa}/authenticators/${authenticators[0]?.$id}`;
    for (const name of [HOSTILE, 'my phone'])
      await heard('rename', recovering.patch(renamed, { name }));
    await heard('account', recovering.get('/v1/account'));
    await heard('sessions', recovering.get('/v1/account/sessions'));
    await rawRequest(recovering.origin);
    await heard('remove', recovering.delete(`${mfa}/authenticators/phone`));
    await heard('off', recovering.patch(mfa, { mfa: false }));
    await heard('sign-out', recovering.delete('/v1/account/sessions/current'));
    await everythingSent();
    streams.release();
  }

  /** A user agent that no client library would send. */
  function rawRequest(origin: string): Promise<void> {
    const { port } = new URL(origin);
    return new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('close', () => resolve());
      socket.on('data', () => {});
      const lines = ['POST /v1/account/sessions/email HTTP/1.1', 'host: x', 'connection: close'];
      const agent = 'user-agent: forged: line\u001b[31m';
      socket.end([...lines, agent, `origin: ${origin}`, 'content-length: 0', '', ''].join('\r\n'));
    });
  }

  const bodies = (but?: string) =>
    answers
      .filter(({ what }) => what !== but)
      .map(({ response }) => `${response.text}\n${JSON.stringify(response.headers)}`)
      .join('\n');
  const notices = () =>
    outbox
      .filter((message) => !codeMessages(outbox).includes(message))
      .map(({ subject, text }) => `${subject}\n${text}`);

  function found(text: string, which: (what: string) => boolean): readonly string[] {
    return [...secrets]
      .filter(([what]) => which(what))
      .filter(([, secret]) => formsOf(secret).some((form) => form.test(text)))
      .map(([what]) => what);
  }

  it('went through all factors, failures and faults', () => {
    const types = new Set(app.events.map(({ type }) => type));
    const silent = [...USER_ACTIONS].filter((type) => !types.has(type as never));
    // The hard cap takes days: it has tests of its own.
    expect(silent).toEqual(['authenticator_disabled']);
    expect([...types]).toEqual(
      expect.arrayContaining(['fault', 'notice_failed', 'sessions_ended']),
    );
    expect(secrets.size).toBeGreaterThan(30);
    expect(notices().length).toBeGreaterThan(6);
  });

  it('says no secret in an event [LOG-1] [A61]', () => {
    expect(found(talkative(app.events), () => true)).toEqual([]);
  });

  it('says no secret on stdout or stderr [LOG-1]', () => {
    expect(found(streams.text(), () => true)).toEqual([]);
  });

  it('reveals seed and recovery codes in the one answer each that is to, and no code at all [LOG-1] [ENR-5]', () => {
    expect(found(bodies('reveal'), () => true)).toEqual([]);
    const revealed = found(bodies(), () => true);
    expect(revealed.every((what) => /^seed$|recovery code/.test(what))).toBe(true);
    expect(revealed).toContain('seed');
  });

  it('gives the store no secret but the one of the session record [LOG-1] [STO-1] [STO-3]', () => {
    expect(found(store.text(), (what) => !what.startsWith('pointer'))).toEqual([]);
  });

  it('keeps nothing but the pointer in the session [STO-11]', () => {
    expect(found(sessionJson(), (what) => !what.startsWith('pointer'))).toEqual([]);
  });

  it('has no secret in a notice [LOG-1]', () => {
    expect(found(notices().join('\n'), () => true)).toEqual([]);
  });

  it('says no full address in events, streams, notices and store [LOG-4] [STO-7]', () => {
    const all = [talkative(app.events), streams.text(), store.text(), ...notices()].join('\n');
    for (const address of [user.email, user.phone ?? '?'])
      for (const form of formsOf(address)) expect([form, form.test(all)]).toEqual([form, false]);
  });

  it('lets no line break or escape of a name or user agent through as it came [LOG-3] [A37]', () => {
    const raw = app.events.map((event) => JSON.stringify(event)).join('\n');
    const all = [raw, streams.text(), bodies(), store.text(), sessionJson(), ...notices()];
    for (const text of all) {
      expect(text).not.toContain('\u001b');
      expect(text).not.toMatch(/\r?\nforged: line/);
    }
    expect(talkative(app.events)).not.toContain('forged');
  });

  it('gives each event type and time, and those of a user the user, the session and where from [LOG-2]', () => {
    for (const event of app.events) {
      expect(event).toMatchObject({
        type: expect.stringMatching(/^[a-z_]+$/),
        at: expect.any(Number),
      });
      expect(Object.keys(event).filter((name) => !MAY_BE_TOLD.includes(name))).toEqual([]);
      if (!USER_ACTIONS.has(event.type)) continue;
      expect(event).toMatchObject({
        userId: user.id,
        session: expect.stringMatching(/^[\w-]{22}$/),
        ip: expect.stringMatching(/127\.0\.0\.1$/),
      });
    }
  });

  it('would find a secret in any of its forms', () => {
    const secret = 'AB12-CD34';
    const forms = [
      secret,
      'ab12-cd34',
      'AB12CD34',
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ];
    for (const form of forms) {
      expect(formsOf(secret).some((pattern) => pattern.test(`x ${form} y`))).toBe(true);
    }
    expect(formsOf('271828').some((pattern) => pattern.test('code=271828.'))).toBe(true);
    expect(formsOf('271828').some((pattern) => pattern.test('12718281'))).toBe(false);
  });
});
