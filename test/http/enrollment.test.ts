import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import {
  addUser,
  answer,
  challenge,
  codeMessages,
  enrollTotp,
  sentCode,
  signIn,
  switchOn,
  totpCode,
  userWithTotp,
  wrongAppCode,
} from '../support/story.ts';

const TOTP = '/v1/account/mfa/authenticators/totp';
const CODES = '/v1/account/mfa/recovery-codes';

describe.each(EXPRESS)('enrollment on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({ framework });
  });
  afterEach(() => app.close());

  interface View {
    readonly $id: string;
    readonly name: string;
    readonly hint: string;
    readonly lastUsedAt: string;
  }
  const list = async (browser: Browser): Promise<readonly View[]> => {
    const { body } = await browser.get('/v1/account/mfa/authenticators').expect(200);
    return (body as { authenticators: View[] }).authenticators;
  };
  const prove = async (browser: Browser, secret: string): Promise<void> => {
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    app.clock.forward(30_000);
  };

  it('takes a first authenticator from a session whose first factor is fresh, and from no older one', async () => {
    const user = addUser(app);
    const browser = app.browser();
    await signIn(browser, user);
    app.clock.forward(600_000);
    const { body } = await browser.post(TOTP).expect(401);
    expect(body).toMatchObject({ type: 'user_challenge_required' });
    const again = app.browser();
    await signIn(again, user);
    await again.post(TOTP).expect(200);
  });

  it('asks for a fresh second factor once one is enrolled, MFA on or off [A20]', async () => {
    const user = addUser(app);
    const owner = app.browser();
    await signIn(owner, user);
    const secret = await enrollTotp(app, owner);
    const attacker = app.browser();
    await signIn(attacker, user);
    for (const path of [TOTP, '/v1/account/mfa/authenticators/email', CODES]) {
      const { body } = await attacker.post(path, { name: 'mine' }).expect(401);
      expect(body).toMatchObject({ type: 'user_challenge_required' });
    }
    await attacker.delete(TOTP).expect(401);
    await prove(attacker, secret);
    await attacker.post(TOTP, { name: 'spare' }).expect(200);
  });

  it('of two sessions that race for the first authenticator lets one win; the other must prove it [A20]', async () => {
    const user = addUser(app);
    const [one, two] = [app.browser(), app.browser()];
    await signIn(one, user);
    await signIn(two, user);
    const secrets = await Promise.all(
      [one, two].map(async (browser) => {
        const { body } = await browser.post(TOTP).expect(200);
        return (body as { secret: string }).secret;
      }),
    );
    const codes = secrets.map((secret) => totpCode(app, secret));
    const statuses = await Promise.all(
      [one, two].map(async (browser, i) => (await browser.put(TOTP, { otp: codes[i] })).status),
    );
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect(await list(statuses[0] === 200 ? one : two)).toHaveLength(1);
  });

  it('asks for a fresh challenge to switch MFA off, to remove and to replace', async () => {
    const { secret, browser } = await userWithTotp(app);
    await browser.post(CODES).expect(201);
    for (const refused of [
      browser.patch('/v1/account/mfa', { mfa: false }),
      browser.delete(TOTP),
      browser.patch(CODES),
      browser.get(CODES),
    ]) {
      const { body } = await refused.expect(401);
      expect(body).toMatchObject({ type: 'user_challenge_required' });
    }
    await prove(browser, secret);
    await browser.get(CODES).expect(200, { recoveryCodes: [], remaining: 10 });
    const made = await browser.patch(CODES).expect(200);
    expect((made.body as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
    const off = await browser.patch('/v1/account/mfa', { mfa: false }).expect(200);
    expect(off.body).toMatchObject({ mfa: false });
    app.clock.forward(600_000);
    await browser.delete(TOTP).expect(401);
  });

  it('counts nothing before it is confirmed', async () => {
    const user = addUser(app, { phone: '+14155552671' });
    const browser = app.browser();
    await signIn(browser, user);
    await browser.post(TOTP).expect(200);
    await browser.post('/v1/account/verifications/phone').expect(201);
    await switchOn(browser);
    expect(await list(browser)).toEqual([]);
    const next = app.browser();
    await signIn(next, user);
    await next.get('/reports').expect(200);
    await next.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(404);
    await next.post('/v1/account/mfa/challenges', { factor: 'phone' }).expect(400);
  });

  it('is finished by the session that began it, once, and in time', async () => {
    const user = addUser(app);
    const [browser, other] = [app.browser(), app.browser()];
    await signIn(browser, user);
    await signIn(other, user);
    const { body } = await browser.post(TOTP).expect(200);
    const { secret } = body as { secret: string };
    await other.put(TOTP, { otp: totpCode(app, secret) }).expect(404);
    await browser.put(TOTP, { otp: totpCode(app, secret) }).expect(200);
    await browser.put(TOTP, { otp: totpCode(app, secret, 30_000) }).expect(409);
    const late = app.browser();
    await signIn(late, addUser(app));
    const slow = await late.post(TOTP).expect(200);
    app.clock.forward(599_999);
    const { secret: begun } = slow.body as { secret: string };
    await late.put(TOTP, { otp: wrongAppCode(app, begun) }).expect(401);
    app.clock.forward(1);
    const otp = totpCode(app, begun);
    expect((await late.put(TOTP, { otp })).status).toBeGreaterThanOrEqual(400);
  });

  it('holds several authenticators of a kind, by name, and lists them without any secret', async () => {
    const { secret, browser } = await userWithTotp(app);
    const second = await browser.post(TOTP, { name: 'tablet' }).expect(200);
    const tablet = (second.body as { secret: string }).secret;
    await browser.put(TOTP, { otp: totpCode(app, tablet) }).expect(200);
    app.clock.forward(30_000);
    await browser
      .post('/v1/account/mfa/authenticators/phone', { phone: '+1 415 555 2671' })
      .expect(200);
    await browser.put('/v1/account/mfa/authenticators/phone', { otp: sentCode(app) }).expect(200);
    const views = await list(browser);
    expect(views.map(({ name }) => name)).toEqual(['totp', 'tablet', '+14••••71']);
    const text = JSON.stringify(views);
    for (const hidden of [secret, tablet, '4155552671']) expect(text).not.toContain(hidden);
    const renamed = await browser
      .patch(`/v1/account/mfa/authenticators/${views[0]?.$id}`, { name: 'phone app' })
      .expect(200);
    expect(renamed.body).toMatchObject({ name: 'phone app' });
    for (const known of [secret, tablet]) {
      const { $id } = views[known === secret ? 0 : 1] as View;
      const asked = await browser
        .post('/v1/account/mfa/challenges', { factor: 'totp', authenticatorId: $id })
        .expect(201);
      const { $id: id } = asked.body as { $id: string };
      await answer(browser, id, totpCode(app, known)).expect(200);
    }
    await browser.delete(`/v1/account/mfa/authenticators/${views[1]?.$id}`).expect(204);
    expect((await list(browser)).map(({ name }) => name)).toEqual(['phone app', '+14••••71']);
  });

  it('shows a secret and recovery codes once, and never again', async () => {
    const { secret, browser } = await userWithTotp(app);
    const made = await browser.post(CODES).expect(201);
    const [code = ''] = (made.body as { recoveryCodes: string[] }).recoveryCodes;
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    await browser.post(CODES).expect(409);
    await browser.post(TOTP).expect(409);
    await prove(browser, secret);
    const seen = await Promise.all(
      ['/v1/account', '/v1/account/mfa/authenticators', CODES, '/v1/account/sessions'].map(
        async (path) => JSON.stringify((await browser.get(path)).body),
      ),
    );
    for (const text of seen) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(code);
    }
  });

  it('keeps MFA armed when the host stops vouching for the only factor', async () => {
    const user = addUser(app, { emailVerified: true });
    const owner = app.browser();
    await signIn(owner, user);
    await switchOn(owner);
    app.users.set(user.id, { ...user, emailVerified: false });
    const browser = app.browser();
    await signIn(browser, user);
    const { body } = await browser.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required' });
    await browser.post('/v1/account/mfa/challenges', { factor: 'email' }).expect(404);
    expect(codeMessages(app.outbox)).toEqual([]);
  });

  it('sends codes to the address that the host vouches for now, not to the one before', async () => {
    const user = addUser(app, { emailVerified: true });
    const owner = app.browser();
    await signIn(owner, user);
    await switchOn(owner);
    const changed = { ...user, email: 'new@example.com' };
    app.users.set(user.id, changed);
    const browser = app.browser();
    await signIn(browser, changed);
    await answer(browser, await challenge(browser, 'email'), sentCode(app)).expect(200);
    expect(codeMessages(app.outbox).map(({ to }) => to)).toEqual(['new@example.com']);
  });
});
