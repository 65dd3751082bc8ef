import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, HostUser, TestApp } from '../support/app.ts';
import {
  answer,
  challenge,
  sentCode,
  signIn,
  totpCode,
  userWithTotp,
  wrongAppCode,
} from '../support/story.ts';

describe.each(EXPRESS)('the lock of a factor on %s', (_name, framework) => {
  let app: TestApp;
  let user: HostUser;
  let secret: string;
  let owner: Browser;
  beforeEach(async () => {
    app = await startApp({ framework });
    ({ user, secret, browser: owner } = await userWithTotp(app, { emailVerified: true }));
  });
  afterEach(() => app.close());

  const wrong = (): string => wrongAppCode(app, secret);

  async function pending(): Promise<Browser> {
    const browser = app.browser();
    await signIn(browser, user);
    return browser;
  }

  /** Wrong answers, a new session and challenge for each. */
  async function fail(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const browser = await pending();
      await answer(browser, await challenge(browser, 'totp'), wrong()).expect(401);
    }
  }

  it('kills a challenge after five wrong answers: the sixth, right one is refused [THR-4]', async () => {
    const browser = await pending();
    const id = await challenge(browser, 'totp');
    for (let i = 0; i < 5; i++) await answer(browser, id, wrong()).expect(401);
    app.clock.forward(30_000);
    const { body } = await answer(browser, id, totpCode(app, secret)).expect(401);
    expect(body).toMatchObject({ type: 'user_invalid_token' });
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
  });

  it('counts over sessions, challenges and logins alike, and waits longer each time [THR-2] [THR-6]', async () => {
    const waits: number[] = [];
    for (let failures = 1; failures <= 21; failures++) {
      const browser = await pending();
      await answer(browser, await challenge(browser, 'totp'), wrong()).expect(401);
      const { status, headers } = await (
        await pending()
      ).post('/v1/account/mfa/challenges', {
        factor: 'totp',
      });
      const wait = status === 429 ? Number(headers['retry-after']) : 0;
      waits.push(wait);
      app.clock.forward(wait * 1000);
    }
    const at = (from: number, to: number, wait: number) =>
      expect(waits.slice(from - 1, to)).toEqual(Array(to - from + 1).fill(wait));
    at(1, 4, 0);
    at(5, 9, 30);
    at(10, 14, 900);
    at(15, 19, 3600);
    at(20, 21, 86_400);
  });

  it('answers a right and a wrong code the same, and is not prolonged by either [THR-8] [A45]', async () => {
    const browser = await pending();
    const id = await challenge(browser, 'totp');
    await fail(4);
    await answer(browser, id, wrong()).expect(401);
    const refused = [];
    for (const code of [totpCode(app, secret), wrong(), totpCode(app, secret)]) {
      const { status, body, headers } = await answer(browser, id, code);
      refused.push(JSON.stringify([status, body, headers['retry-after'], Object.keys(headers)]));
    }
    expect(new Set(refused).size).toBe(1);
    expect(refused[0]).toContain('429');
    app.clock.forward(29_999);
    await answer(browser, id, totpCode(app, secret)).expect(429);
    app.clock.forward(1);
    await answer(browser, id, totpCode(app, secret)).expect(200);
  });

  it('is of one factor: the others stay open, and open sessions are not touched [THR-3]', async () => {
    await owner.get('/reports').expect(200);
    const browser = await pending();
    await fail(5);
    await browser.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(429);
    await owner.get('/reports').expect(200);
    await answer(browser, await challenge(browser, 'email'), sentCode(app)).expect(200);
    await browser.get('/reports').expect(200);
    const next = await pending();
    await next.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(429);
  });

  it('is forgotten by a success of its own factor, and by no other [THR-3]', async () => {
    await fail(4);
    const browser = await pending();
    await answer(browser, await challenge(browser, 'email'), sentCode(app)).expect(200);
    const one = await pending();
    await answer(one, await challenge(one, 'totp'), wrong()).expect(401);
    await one.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(429);
    app.clock.forward(30_000);
    await answer(one, await challenge(one, 'totp'), totpCode(app, secret)).expect(200);
    app.clock.forward(30_000);
    await fail(4);
    const two = await pending();
    await answer(two, await challenge(two, 'totp'), totpCode(app, secret)).expect(200);
  });

  it('becomes final after fifty failures in a row: the authenticator is suspended until it is enrolled anew [THR-1]', async () => {
    const codes = await owner.post('/v1/account/mfa/recovery-codes').expect(201);
    const [saved = ''] = (codes.body as { recoveryCodes: readonly string[] }).recoveryCodes;
    for (let failures = 1; failures <= 50; failures++) {
      app.clock.forward(86_400_000);
      await fail(1);
    }
    expect(app.events).toContainEqual(expect.objectContaining({ type: 'authenticator_suspended' }));
    app.clock.forward(86_400_000);
    const browser = await pending();
    await browser.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(404);
    const { body } = await browser.get('/v1/account/mfa/factors').expect(200);
    expect(body).toMatchObject({ totp: false, email: true });
    // It is not forgotten: MFA stays armed, and another factor is the way in.
    await browser.get('/reports').expect(401);
    await answer(browser, await challenge(browser, 'email'), sentCode(app)).expect(200);
    await browser.get('/reports').expect(200);
    // A mailbox lets in, but is no match for an app [ENR-2].
    const { body: refusal } = await browser.post('/v1/account/mfa/authenticators/totp').expect(401);
    expect(refusal).toMatchObject({ factors: ['totp', 'recoveryCode'] });
    await answer(browser, await challenge(browser, 'recoveryCode'), saved).expect(200);
    const made = await browser.post('/v1/account/mfa/authenticators/totp').expect(200);
    const fresh = (made.body as { secret: string }).secret;
    const otp = totpCode(app, fresh);
    await browser.put('/v1/account/mfa/authenticators/totp', { otp }).expect(200);
    app.clock.forward(30_000);
    const next = await pending();
    await answer(next, await challenge(next, 'totp'), totpCode(app, fresh)).expect(200);
  });

  it('judges no more than five of two hundred wrong answers at once [VER-1] [A01]', async () => {
    const browser = await pending();
    const id = await challenge(browser, 'totp');
    const cookie = `connect.sid=${browser.cookie()}`;
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        app
          .browser()
          .agent.put('/v1/account/mfa/challenges')
          .set({ cookie, 'x-requested-with': 'test' })
          .send({ challengeId: id, otp: wrong() }),
      ),
    );
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
    const judged = app.events.filter(
      ({ type, reason }) => type === 'challenge_refused' && reason === 'wrong',
    );
    expect(judged).toHaveLength(5);
  });
});
