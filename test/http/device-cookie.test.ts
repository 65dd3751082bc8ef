import type { Request } from 'express';

import { deviceIn } from '../../lib/http/device-cookie.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, Browser, TestApp } from '../support/app.ts';
import {
  answer,
  challenge,
  signIn,
  totpCode,
  userWithTotp,
  wrongAppCode,
} from '../support/story.ts';

describe.each(EXPRESS)('the cookie of a known device on %s', (_name, framework) => {
  let app: TestApp;
  afterEach(() => app.close());

  async function completed(settings: AppSettings = {}) {
    app = await startApp({ framework, ...settings });
    const { user, secret } = await userWithTotp(app);
    const browser = app.browser();
    const { email, password } = user;
    const login = await browser.post('/v1/account/sessions/email', { email, password });
    const cookies = [cookiesOf(login)];
    const id = await challenge(browser, 'totp');
    cookies.push(cookiesOf(await answer(browser, id, totpCode(app, secret)).expect(200)));
    return { user, secret, browser, cookies };
  }

  const cookiesOf = ({ headers }: { headers: Record<string, unknown> }): readonly string[] =>
    ((headers['set-cookie'] ?? []) as readonly string[]).filter((one) =>
      one.includes('mfa-device'),
    );

  it('comes with a sign-in that is complete and not before [GRD-4]', async () => {
    const { cookies } = await completed();
    expect(cookies.map((set) => set.length)).toEqual([0, 1]);
  });

  it('is no script’s, no other site’s, and over TLS no other host’s to set [TRU-2]', async () => {
    const { cookies } = await completed();
    expect(cookies[1]?.[0]).toMatch(
      /^mfa-device=[\w.-]+; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    await app.close();
    const tls = await completed({
      before: [
        (req, _res, next) => {
          Object.defineProperty(req, 'secure', { value: true });
          next();
        },
      ],
    });
    expect(tls.cookies[1]?.[0]).toMatch(
      /^__Host-mfa-device=[^;]+; .*; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('is found in the request of an upgrade, by the name it was set under', async () => {
    app = await startApp({ framework });
    const asked = (cookie?: string) => deviceIn({ headers: { cookie } } as Request);
    expect(asked('mfa-device=plain; __Host-mfa-device=tls')).toBe('tls');
    expect(asked('mfa-device=plain')).toBe('plain');
    expect(asked()).toBeUndefined();
  });

  it('opens nothing by itself [A60] [GRD-4]', async () => {
    const { cookies, user } = await completed();
    const [device = ''] = cookies[1]?.[0]?.split(';') ?? [];
    const { agent } = app.browser();
    await agent.get('/reports').set('cookie', device).expect(401);
    await agent.get('/v1/account').set('cookie', device).expect(401);
    const other = await userWithTotp(app);
    expect(other.user.id).not.toBe(user.id);
  });

  it('lets its owner in while strangers have locked the factor [THR-7] [A44]', async () => {
    const { user, secret, browser } = await completed();
    const stranger = app.browser();
    await signIn(stranger, user);
    const id = await challenge(stranger, 'totp');
    const wrong = wrongAppCode(app, secret);
    for (let n = 0; n < 5; n++) await answer(stranger, id, wrong).expect(401);
    app.clock.forward(29_000);
    await stranger.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(429);
    await signedOutAndIn(browser, user);
    app.clock.forward(30_000);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
  });

  it('is of a second user of the browser as well [THR-7]', async () => {
    const { user, secret, browser } = await completed();
    await browser.delete('/v1/account/sessions/current').expect(204);
    const other = await userWithTotp(app);
    await signIn(browser, other.user);
    const second = await challenge(browser, 'totp');
    await answer(browser, second, totpCode(app, other.secret)).expect(200);
    for (const each of [{ user, secret }, other]) {
      const stranger = app.browser();
      await signIn(stranger, each.user);
      const id = await challenge(stranger, 'totp');
      for (let n = 0; n < 5; n++)
        await answer(stranger, id, wrongAppCode(app, each.secret)).expect(401);
      await signedOutAndIn(browser, each.user);
      await challenge(browser, 'totp');
    }
  });

  async function signedOutAndIn(browser: Browser, user: Parameters<typeof signIn>[1]) {
    await browser.delete('/v1/account/sessions/current').expect(204);
    await signIn(browser, user);
  }
});
