import type { MfaError } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { addUser, answer, challenge, sentCode, signIn, switchOn } from '../support/story.ts';

describe.each(EXPRESS)('a channel that signed a user in on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({
      framework,
      routes: (host, mfa) => {
        host.post('/login/:factor', (req, res) => {
          mfa.signIn(req, { id: 'user-1' }, { factor: req.params.factor }).then(
            (result) => res.json(result),
            ({ code }: MfaError) => res.status(500).json({ code }),
          );
        });
      },
    });
    const user = addUser(app, {
      emailVerified: true,
      phone: '+4915112345678',
      phoneVerified: true,
    });
    const owner = app.browser();
    await signIn(owner, user);
    await switchOn(owner);
    app.events.length = 0;
  });
  afterEach(() => app.close());

  it.each([
    ['phone', 'sms'],
    ['phone', 'Phone'],
    ['email', 'mail'],
    ['email', 'magic-link'],
  ])('is %s only, and opens nothing as %s [VER-12] [A28]', async (type, other) => {
    const thief = app.browser();
    await thief.post(`/login/${other}`).expect(500, { code: 'options_invalid' });
    expect(thief.cookie()).toBeUndefined();
    expect(app.events).toEqual([]);
    await thief.post(`/login/${type}`).expect(200, { complete: false });
    await thief.post('/v1/account/mfa/challenges', { factor: type }).expect(400);
    await thief.get('/reports').expect(401);
  });

  it('asks for another, whichever of the two it was [VER-12]', async () => {
    for (const [first, second] of [
      ['phone', 'email'],
      ['email', 'phone'],
    ] as const) {
      const browser = app.browser();
      await browser.post(`/login/${first}`).expect(200, { complete: false });
      await answer(browser, await challenge(browser, second), sentCode(app)).expect(200);
      const { body } = await browser.get('/reports').expect(200);
      expect(body).toMatchObject({ mfa: { factors: [first, second], aal: 1 } });
    }
  });
});
