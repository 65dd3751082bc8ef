import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import {
  addUser,
  answer,
  challenge,
  enrollTotp,
  sentCode,
  signIn,
  switchOn,
  totpCode,
  userWithTotp,
} from '../support/story.ts';

describe.each(EXPRESS)('a challenge on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({ framework });
  });
  afterEach(() => app.close());

  /** A user with a verified mailbox and MFA on, and a browser that still lacks the second factor. */
  async function pendingByEmail() {
    const user = addUser(app, { emailVerified: true });
    const owner = app.browser();
    await signIn(owner, user);
    await switchOn(owner);
    const browser = app.browser();
    await signIn(browser, user);
    return { user, owner, browser };
  }

  it('succeeds once: its code and its id are used up [REP-1]', async () => {
    const { browser } = await pendingByEmail();
    const id = await challenge(browser, 'email');
    const code = sentCode(app);
    await answer(browser, id, code).expect(200);
    await answer(browser, id, code).expect(401);
  });

  it('lets one of fifty right answers at once through, and leaves one session elevated [REP-1] [A02]', async () => {
    const { browser } = await pendingByEmail();
    const id = await challenge(browser, 'email');
    const code = sentCode(app);
    const cookie = `connect.sid=${browser.cookie()}`;
    const burst = Array.from({ length: 50 }, () =>
      app
        .browser()
        .agent.put('/v1/account/mfa/challenges')
        .set({ cookie, 'x-requested-with': 'test' })
        .send({ challengeId: id, otp: code }),
    );
    const answers = await Promise.all(burst);
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401]));
    const cookies = answers.flatMap(({ headers }) => headers['set-cookie'] ?? []).map(String);
    const open = await Promise.all(
      [...new Set(cookies.map((text) => text.split(';')[0] ?? ''))].map((one) =>
        app.browser().agent.get('/reports').set('cookie', one),
      ),
    );
    expect(open.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is void once a newer one is asked for: the old id and the old code are refused [REP-8] [GEN-9]', async () => {
    const { browser } = await pendingByEmail();
    const first = await challenge(browser, 'email');
    const old = sentCode(app);
    app.clock.forward(30_000);
    const second = await challenge(browser, 'email');
    const code = sentCode(app);
    await answer(browser, first, old).expect(401);
    await answer(browser, first, code).expect(401);
    if (old !== code) await answer(browser, second, old).expect(401);
    await answer(browser, second, code).expect(200);
  });

  it('is bound to its session: another of the same user cannot answer it [VER-4] [A09]', async () => {
    const { user, browser } = await pendingByEmail();
    const other = app.browser();
    await signIn(other, user);
    const id = await challenge(browser, 'email');
    const code = sentCode(app);
    await answer(other, id, code).expect(401);
    await answer(browser, id, code).expect(200);
  });

  it("is bound to its user: an attacker's challenge opens no one else's session [VER-4] [A08]", async () => {
    const { browser: victim } = await pendingByEmail();
    const { browser: attacker } = await pendingByEmail();
    const id = await challenge(attacker, 'email');
    const code = sentCode(app);
    const foreign = await answer(victim, id, code);
    const unknown = await answer(victim, 'x'.repeat(43), code);
    expect([foreign.status, foreign.body]).toEqual([unknown.status, unknown.body]);
    expect(foreign.status).toBe(401);
    await victim.get('/reports').expect(401);
  });

  it('is bound to its purpose: neither confirms what the other is for [VER-4] [A11] [A14]', async () => {
    const user = addUser(app, { emailVerified: true, phone: '+14155552671' });
    const browser = app.browser();
    await signIn(browser, user);
    const token = await browser.post('/v1/account/verifications/phone').expect(201);
    const enrolling = sentCode(app);
    const { $id } = token.body as { $id: string };
    await answer(browser, $id, enrolling).expect(401);
    const id = await challenge(browser, 'email');
    const proving = sentCode(app);
    await browser
      .put('/v1/account/verifications/phone', { userId: user.id, secret: proving })
      .expect(401);
    await browser.put('/v1/account/mfa/authenticators/email', { otp: proving }).expect(409);
    await answer(browser, id, proving).expect(200);
    await browser.post('/v1/account/mfa/challenges', { factor: 'phone' }).expect(400);
  });

  it('is bound to its factor: the code of one does not answer the other [VER-4] [A12]', async () => {
    const { user, browser } = await pendingByEmail();
    app.users.set(user.id, { ...user, phone: '+14155552671', phoneVerified: true });
    const again = app.browser();
    await signIn(again, user);
    const email = await challenge(again, 'email');
    const mailed = sentCode(app);
    const phone = await challenge(again, 'phone');
    const texted = sentCode(app);
    await answer(again, phone, mailed).expect(401);
    await answer(again, email, texted).expect(401);
    await answer(again, phone, texted).expect(200);
    await browser.get('/reports').expect(401);
  });

  it('is answered by nobody without its session cookie [A10]', async () => {
    const { browser } = await pendingByEmail();
    const id = await challenge(browser, 'email');
    await answer(app.browser(), id, sentCode(app)).expect(401);
  });

  it.each([
    ['email', 600_000],
    ['phone', 300_000],
  ])('by %s ends after %d ms, to the millisecond [VER-8]', async (factor, ttlMs) => {
    const { user } = await pendingByEmail();
    app.users.set(user.id, { ...user, phone: '+14155552671', phoneVerified: true });
    // Long enough a first stage, so that the challenge ends before it does.
    const late = await startApp({ framework, session: { pendingMs: 3_600_000 } });
    late.users.set(user.id, { ...user, phone: '+14155552671', phoneVerified: true });
    const owner = late.browser();
    await signIn(owner, user);
    await switchOn(owner);
    const browser = late.browser();
    await signIn(browser, user);
    const first = await challenge(browser, factor);
    const code = sentCode(late);
    late.clock.forward(ttlMs);
    await answer(browser, first, code).expect(401);
    const second = await challenge(browser, factor);
    late.clock.forward(ttlMs - 1);
    await answer(browser, second, sentCode(late)).expect(200);
    await late.close();
  });

  it('refuses the enrollment code as the first sign-in code [REP-3]', async () => {
    const user = addUser(app);
    const browser = app.browser();
    await signIn(browser, user);
    const made = await browser.post('/v1/account/mfa/authenticators/totp').expect(200);
    const otp = totpCode(app, (made.body as { secret: string }).secret);
    await browser.put('/v1/account/mfa/authenticators/totp', { otp }).expect(200);
    await switchOn(browser);
    const next = app.browser();
    await signIn(next, user);
    await answer(next, await challenge(next, 'totp'), otp).expect(401);
    app.clock.forward(30_000);
    const later = totpCode(app, (made.body as { secret: string }).secret);
    await answer(next, await challenge(next, 'totp'), later).expect(200);
  });

  it('refuses a TOTP code that another session of the user has used [REP-2] [REP-4] [A49]', async () => {
    const { user, secret } = await userWithTotp(app);
    const [one, two] = [app.browser(), app.browser()];
    await signIn(one, user);
    await signIn(two, user);
    const otp = totpCode(app, secret);
    await answer(one, await challenge(one, 'totp'), otp).expect(200);
    const id = await challenge(two, 'totp');
    await answer(two, id, otp).expect(401);
    app.clock.forward(30_000);
    await answer(two, id, otp).expect(401);
    await answer(two, id, totpCode(app, secret)).expect(200);
  });

  it('dies with its authenticator: one removed meanwhile is refused [A69]', async () => {
    const { user, secret, browser } = await userWithTotp(app);
    const pending = app.browser();
    await signIn(pending, user);
    const open = await challenge(pending, 'totp');
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.delete('/v1/account/mfa/authenticators/totp').expect(204);
    app.clock.forward(30_000);
    await answer(pending, open, totpCode(app, secret)).expect(401);
  });

  it('is not offered by the channel that was the first factor', async () => {
    const local = await startApp({
      framework,
      routes: (host, mfa) => {
        host.post('/magic', (req, res, next) => {
          mfa
            .signIn(req, { id: 'user-1' }, { factor: 'email' })
            .then((result) => res.json(result), next);
        });
      },
    });
    const user = addUser(local, { emailVerified: true });
    const owner = local.browser();
    await signIn(owner, user);
    await enrollTotp(local, owner);
    await switchOn(owner);
    const browser = local.browser();
    await browser.post('/magic').expect(200, { complete: false });
    const { body } = await browser.get('/v1/account/mfa/factors').expect(200);
    expect(body).toMatchObject({ email: false, totp: true });
    await browser.post('/v1/account/mfa/challenges', { factor: 'email' }).expect(400);
    await local.close();
  });
});
