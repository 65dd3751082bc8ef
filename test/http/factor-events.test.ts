import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import {
  addUser,
  answer,
  challenge,
  enrollTotp,
  signIn,
  switchOn,
  totpCode,
} from '../support/story.ts';

const AUTHENTICATORS = '/v1/account/mfa/authenticators';

describe('the record of what happened to factors', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  it('says of each what, whose, which, when and from where [ENR-8]', async () => {
    const user = addUser(app);
    const browser = app.browser();
    await signIn(browser, user);
    const secret = await enrollTotp(app, browser);
    const { body } = await browser.get(AUTHENTICATORS).expect(200);
    const [{ $id: id }] = (body as { authenticators: [{ $id: string }] }).authenticators;
    await browser.patch(`${AUTHENTICATORS}/${id}`, { name: 'Work' }).expect(200);
    await browser.post('/v1/account/mfa/recovery-codes').expect(201);
    await switchOn(browser);
    await browser.patch('/v1/account/mfa', { mfa: false }).expect(401);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    await browser.patch('/v1/account/mfa/recovery-codes').expect(200);
    await browser.patch('/v1/account/mfa', { mfa: false }).expect(200);
    await browser.delete(`${AUTHENTICATORS}/${id}`).expect(204);

    const kinds = /^(authenticator_|recovery_codes_|mfa_switched_|challenge_completed)/;
    const events = app.events.filter(({ type }) => kinds.test(type));
    const said = events.map(
      ({ type, factor = '-', reason = '-' }) => `${type} ${factor} ${reason}`,
    );
    expect(said).toEqual([
      'challenge_completed totp enroll',
      'authenticator_added totp -',
      'authenticator_renamed totp -',
      'authenticator_added recoveryCode -',
      'mfa_switched_on - -',
      'challenge_completed totp prove',
      'recovery_codes_replaced recoveryCode -',
      'mfa_switched_off - -',
      'authenticator_removed totp -',
    ]);
    const { sessions } = await app.mfa.export(user.id);
    for (const event of events) {
      expect(event).toMatchObject({ userId: user.id, session: sessions[0]?.id });
      expect(event.ip).toMatch(/127\.0\.0\.1$/);
      expect([event.at <= app.clock.now, event.at > app.clock.now - 60_000]).toEqual([true, true]);
      if (event.factor === 'totp') expect(event.authenticator).toBe(id);
    }
  });
});
