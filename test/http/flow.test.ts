import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
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
} from '../support/story.ts';

describe.each(EXPRESS)('the flow on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({ framework });
  });
  afterEach(() => app.close());

  it('asks a user with an authenticator app for its code and then lets in', async () => {
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    await signIn(browser, user);
    const refused = await browser.get('/reports').expect(401);
    expect(refused.body).toMatchObject({ type: 'user_more_factors_required', code: 401 });
    const factors = await browser.get('/v1/account/mfa/factors').expect(200);
    expect(factors.body).toMatchObject({ totp: true, email: false, phone: false });
    const id = await challenge(browser, 'totp');
    const session = await answer(browser, id, totpCode(app, secret)).expect(200);
    expect(session.body).toMatchObject({ factors: ['password', 'totp'], current: true });
    await browser.get('/reports').expect(200);
    await browser.get('/v1/account').expect(200);
  });

  it('asks a user with a verified mailbox for the code that was mailed', async () => {
    const user = addUser(app, { emailVerified: true });
    const first = app.browser();
    await signIn(first, user);
    await switchOn(first);
    const browser = app.browser();
    await signIn(browser, user);
    await browser.get('/reports').expect(401);
    const id = await challenge(browser, 'email');
    expect(codeMessages(app.outbox).at(-1)).toMatchObject({ channel: 'email', to: user.email });
    await answer(browser, id, sentCode(app)).expect(200);
    await browser.get('/reports').expect(200);
  });

  it('asks a user with a confirmed number for the code that was sent by SMS', async () => {
    const user = addUser(app, { phone: '+14155552671' });
    const first = app.browser();
    await signIn(first, user);
    await first.post('/v1/account/verifications/phone').expect(201);
    const secret = sentCode(app);
    await first.put('/v1/account/verifications/phone', { userId: user.id, secret }).expect(200);
    await switchOn(first);
    const browser = app.browser();
    await signIn(browser, user);
    const id = await challenge(browser, 'phone');
    const code = sentCode(app);
    expect(codeMessages(app.outbox).at(-1)?.text.split('\n').at(-1)).toBe(`@acme.example #${code}`);
    await answer(browser, id, code).expect(200);
    await browser.get('/reports').expect(200);
  });

  it('lets a recovery code complete the sign-in, once [REP-5]', async () => {
    const user = addUser(app);
    const first = app.browser();
    await signIn(first, user);
    await enrollTotp(app, first);
    const made = await first.post('/v1/account/mfa/recovery-codes').expect(201);
    const [code] = (made.body as { recoveryCodes: string[] }).recoveryCodes;
    await switchOn(first);
    const browser = app.browser();
    await signIn(browser, user);
    await answer(browser, await challenge(browser, 'recoverycode'), code).expect(200);
    await browser.get('/reports').expect(200);
    const again = app.browser();
    await signIn(again, user);
    await answer(again, await challenge(again, 'recoveryCode'), code).expect(401);
    await again.get('/reports').expect(401);
  });

  it('lets a user without a second factor in with the first', async () => {
    const browser = app.browser();
    await signIn(browser, addUser(app));
    const { body } = await browser.get('/reports').expect(200);
    expect(body).toMatchObject({ mfa: { factors: ['password'], amr: ['pwd'], aal: 1 } });
  });

  it('makes every other session of a user pending at once when MFA is switched on', async () => {
    const user = addUser(app);
    const [here, there] = [app.browser(), app.browser()];
    await signIn(here, user);
    await signIn(there, user);
    await enrollTotp(app, here);
    await there.get('/reports').expect(200);
    await switchOn(here);
    await here.get('/reports').expect(200);
    const { body } = await there.get('/reports').expect(401);
    expect(body).toMatchObject({ type: 'user_more_factors_required', factors: ['totp'] });
  });

  it('counts a factor no more, in any session, once its authenticator is removed', async () => {
    const { user, secret, browser } = await userWithTotp(app, { emailVerified: true });
    const other = app.browser();
    await signIn(other, user);
    await answer(other, await challenge(other, 'totp'), totpCode(app, secret)).expect(200);
    await other.get('/reports').expect(200);
    app.clock.forward(30_000);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.delete('/v1/account/mfa/authenticators/totp').expect(204);
    await other.get('/reports').expect(401);
  });
});
