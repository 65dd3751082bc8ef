import { inspect } from 'node:util';

import { MfaError } from '../../lib/index.ts';
import type { Message, Sender } from '../../lib/index.ts';
import { formsOf } from '../logs/sinks.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { addUser, answer, challenge, sentCode, signIn, switchOn } from '../support/story.ts';

/** A sender that fails when it is told to, in the way that it is told. */
class Flaky implements Sender {
  readonly sent: Message[] = [];
  fail: ((message: Message) => Promise<void>) | undefined;

  async send(message: Message): Promise<void> {
    this.sent.push(message);
    await this.fail?.(message);
  }
}

function codeOf({ sent }: Flaky): string | undefined {
  return /\b\d{6}\b/.exec(sent.at(-1)?.text ?? '')?.[0];
}

const FAILURES: readonly (readonly [string, (message: Message) => Promise<void>])[] = [
  [
    'rejects with all it knows',
    ({ to, text }) => Promise.reject(Object.assign(new Error(`to ${to}: ${text}`), { to, text })),
  ],
  [
    'rejects with an MfaError of its own making',
    ({ to, text }) =>
      Promise.reject(new MfaError('store_unavailable', `to ${to}: ${text}`, { cause: text })),
  ],
  ['rejects with nothing', () => Promise.reject(undefined as unknown as Error)],
];

describe.each(EXPRESS)('delivery on %s', (_name, framework) => {
  let app: TestApp;
  let sender: Flaky;
  beforeEach(async () => {
    sender = new Flaky();
    app = await startApp({ framework, email: sender, sms: sender, sendTimeoutMs: 100 });
  });
  afterEach(() => app.close());

  async function pending() {
    const phone = '+14155552671';
    const user = addUser(app, { emailVerified: true, phone, phoneVerified: true });
    const owner = app.browser();
    await signIn(owner, user);
    await switchOn(owner);
    const browser = app.browser();
    await signIn(browser, user);
    return { user, browser };
  }

  describe.each([
    ['email', 'general_smtp_disabled'],
    ['phone', 'general_phone_disabled'],
  ])('by %s', (factor, type) => {
    it.each(FAILURES)(
      'that %s is a 503 that voids the challenge and gives the wait back',
      async (_how, fail) => {
        const { user, browser } = await pending();
        sender.fail = fail;
        const refused = await browser.post('/v1/account/mfa/challenges', { factor }).expect(503);
        expect(refused.body).toMatchObject({ type, code: 503 });
        sender.fail = undefined;
        // Asked again at once: no cool-down stands in the way, and the code that failed is void.
        const id = await challenge(browser, factor);
        const [failed, good] = sender.sent.slice(-2).map(({ text }) => /\b\d{6}\b/.exec(text)?.[0]);
        const told = inspect([refused.body, app.events], { depth: 12, showHidden: true });
        for (const secret of [failed ?? '', user.email, user.phone ?? ''])
          expect(formsOf(secret).filter((form) => form.test(told))).toEqual([]);
        expect(app.events).toContainEqual(expect.objectContaining({ type: 'delivery_failed' }));
        if (failed !== good) await answer(browser, id, failed).expect(401);
        await answer(browser, id, good).expect(200);
      },
    );
  });

  it.each([
    ['email', 'general_smtp_disabled'],
    ['phone', 'general_phone_disabled'],
  ])('by %s that hangs is a 503 that counts as sent [DEL-1] [A42]', async (factor, type) => {
    const { browser } = await pending();
    sender.fail = () => new Promise(() => undefined);
    const refused = await browser.post('/v1/account/mfa/challenges', { factor }).expect(503);
    expect(refused.body).toMatchObject({ type, code: 503 });
    sender.fail = undefined;
    const { headers } = await browser.post('/v1/account/mfa/challenges', { factor }).expect(429);
    expect(headers['retry-after']).toBe('30');
    app.clock.forward(30_000);
    await answer(browser, await challenge(browser, factor), codeOf(sender)).expect(200);
  });

  it('waits longer after each message that was not answered, and starts over after a success', async () => {
    const { user, browser } = await pending();
    for (const seconds of [30, 60, 120, 300, 300]) {
      await challenge(browser, 'email');
      const { headers, body } = await browser
        .post('/v1/account/mfa/challenges', { factor: 'email' })
        .expect(429);
      expect(headers['retry-after']).toBe(String(seconds));
      expect(body).toMatchObject({ type: 'general_rate_limit_exceeded', retryAfter: seconds });
      // A new login is no way around it.
      const again = app.browser();
      await signIn(again, user);
      await again.post('/v1/account/mfa/challenges', { factor: 'email' }).expect(429);
      app.clock.forward(seconds * 1000);
    }
    const last = app.browser();
    await signIn(last, user);
    const id = await challenge(last, 'email');
    const code = /\b\d{6}\b/.exec(sender.sent.at(-1)?.text ?? '')?.[0];
    await answer(last, id, code).expect(200);
    await challenge(last, 'email');
  });

  it('sends one message of twenty that are asked for at once [A07]', async () => {
    const { browser } = await pending();
    sender.sent.length = 0;
    const cookie = `connect.sid=${browser.cookie()}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        app
          .browser()
          .agent.post('/v1/account/mfa/challenges')
          .set({ cookie, 'x-requested-with': 'test' })
          .send({ factor: 'email' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(sender.sent).toHaveLength(1);
  });

  it('goes to a confirmed number at once after it was confirmed', async () => {
    const user = addUser(app, { phone: '+14155552671' });
    const browser = app.browser();
    await signIn(browser, user);
    await browser.post('/v1/account/verifications/phone').expect(201);
    const secret = /\b\d{6}\b/.exec(sender.sent.at(-1)?.text ?? '')?.[0];
    await browser.put('/v1/account/verifications/phone', { userId: user.id, secret }).expect(200);
    await challenge(browser, 'phone');
  });
});

it('answers 503 and names another way where users.mayText wants no SMS to go [DEL-14]', async () => {
  const app: TestApp = await startApp({
    users: {
      findById: (id) => app.users.get(id),
      findByEmail: (email) => [...app.users.values()].find((user) => user.email === email),
      verifyPassword: () => true,
      mayText: () => false,
    },
  });
  const user = addUser(app, { phone: '+14155552671' });
  const browser = app.browser();
  await signIn(browser, user);
  const { body } = await browser.post('/v1/account/verifications/phone').expect(503);
  expect(body).toMatchObject({
    type: 'general_phone_disabled',
    message: 'No SMS can be sent to this number at present. Please take another way.',
  });
  expect(() => sentCode(app)).toThrow('No code');
  await app.close();
});

it('needs a sender: without one the factor is not offered, and asking for it is a 503', async () => {
  const app = await startApp({ email: undefined, sms: undefined });
  const user = addUser(app, { emailVerified: true, phone: '+14155552671', phoneVerified: true });
  const browser = app.browser();
  await signIn(browser, user);
  const { body } = await browser.get('/v1/account/mfa/factors').expect(200);
  expect(body).toMatchObject({ email: false, phone: false });
  for (const [factor, type] of [
    ['email', 'general_smtp_disabled'],
    ['phone', 'general_phone_disabled'],
  ]) {
    const refused = await browser.post('/v1/account/mfa/challenges', { factor }).expect(503);
    expect(refused.body).toMatchObject({ type });
  }
  expect(() => sentCode(app)).toThrow('No code');
  await app.close();
});
