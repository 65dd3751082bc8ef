import { randomBytes } from 'node:crypto';

import type { Request } from 'express';

import { memoryStore } from '../../lib/index.ts';
import type { MfaExport } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { AppSettings, Browser, HostUser, TestApp } from '../support/app.ts';
import { everythingSent } from '../support/everything-sent.ts';
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
  wrongAppCode,
} from '../support/story.ts';

const CODES = '/v1/account/mfa/recovery-codes';

describe.each(EXPRESS)('sessions that are ended on %s', (_name, framework) => {
  let app: TestApp;
  const routes: AppSettings['routes'] = (host, mfa) => {
    const ended = (req: Request) => mfa.endSessions(req.get('x-user') ?? '', { except: req });
    host.post('/password', (req, res, next) => {
      ended(req).then(() => res.json({}), next);
    });
  };
  beforeEach(async () => {
    app = await startApp({ framework, routes });
  });
  afterEach(() => app.close());

  const status = async (browser: Browser) => (await browser.get('/reports')).status;
  const makeCodes = async (browser: Browser) =>
    ((await browser.post(CODES).expect(201)).body as { recoveryCodes: string[] }).recoveryCodes;

  async function pass(user: HostUser, secret: string): Promise<Browser> {
    const browser = app.browser();
    await signIn(browser, user);
    await answer(browser, await challenge(browser, 'totp'), totpCode(app, secret)).expect(200);
    app.clock.forward(30_000);
    return browser;
  }

  /** A new browser in which a recovery code completed the sign-in. */
  async function recover(user: HostUser, code: string | undefined): Promise<Browser> {
    const browser = app.browser();
    await signIn(browser, user);
    await answer(browser, await challenge(browser, 'recoveryCode'), code).expect(200);
    return browser;
  }

  describe('by a recovery', () => {
    it('are all the others, at once, and not the one that recovered [SES-8] [REC-9]', async () => {
      const { user, browser } = await userWithTotp(app);
      const [code] = await makeCodes(browser);
      const pending = app.browser();
      await signIn(pending, user);
      const recovered = await recover(user, code);
      expect(await status(recovered)).toBe(200);
      expect(await status(browser)).toBe(401);
      await pending.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(401);
      const { body } = await recovered.get('/v1/account/sessions').expect(200);
      expect(body).toMatchObject({ total: 1 });
    });

    it('stay so for whoever began in the same millisecond, and again at the next recovery', async () => {
      const { user, secret, browser } = await userWithTotp(app);
      const [one, two] = await makeCodes(browser);
      const first = await recover(user, one);
      const second = await recover(user, two);
      expect([await status(first), await status(second)]).toEqual([401, 200]);
      const later = app.browser();
      await signIn(later, user);
      await answer(later, await challenge(later, 'totp'), totpCode(app, secret)).expect(200);
      expect([await status(second), await status(later)]).toEqual([200, 200]);
    });

    it('live no longer for having recovered: the limit in all counts from the sign-in [SES-4]', async () => {
      const { user, browser } = await userWithTotp(app);
      const [code] = await makeCodes(browser);
      const late = app.browser();
      await signIn(late, user);
      app.clock.forward(9 * 60_000);
      await answer(late, await challenge(late, 'recoveryCode'), code).expect(200);
      for (let minutes = 9; minutes < 24 * 60; minutes += 50) {
        expect([minutes, await status(late)]).toEqual([minutes, 200]);
        app.clock.forward(50 * 60_000);
      }
      expect(await status(late)).toBe(401);
    });

    it('are an event', async () => {
      const { user, browser } = await userWithTotp(app);
      const [code] = await makeCodes(browser);
      await recover(user, code);
      const ended = app.events.filter(({ type }) => type === 'sessions_ended');
      expect(ended).toEqual([
        expect.objectContaining({
          userId: user.id,
          reason: 'recovery',
          session: expect.any(String),
          ip: expect.any(String),
        }),
      ]);
    });

    it('are none when the code was wrong, or only renewed a complete session', async () => {
      const { user, secret, browser } = await userWithTotp(app);
      const [code] = await makeCodes(browser);
      const other = await pass(user, secret);
      const guess = app.browser();
      await signIn(guess, user);
      await answer(guess, await challenge(guess, 'recoveryCode'), 'AAAA-AAAA-AAAA-AAAA').expect(
        401,
      );
      await answer(other, await challenge(other, 'recoveryCode'), code).expect(200);
      expect([await status(browser), await status(other)]).toEqual([200, 200]);
    });

    it('are ended in every process, and after a restart [REC-9]', async () => {
      const shared = { store: memoryStore(), keys: [randomBytes(32)], framework };
      const [here, there] = [await startApp(shared), await startApp(shared)];
      const { user, secret, browser } = await userWithTotp(here);
      const [code = ''] = await makeCodes(browser);
      there.users.set(user.id, user);
      there.clock.now = here.clock.now;
      const away = there.browser();
      await signIn(away, user);
      const mine = await challenge(away, 'totp');
      await answer(away, mine, totpCode(there, secret, 30_000)).expect(200);
      expect(await status(away)).toBe(200);
      const recovered = here.browser();
      await signIn(recovered, user);
      await answer(recovered, await challenge(recovered, 'recoveryCode'), code).expect(200);
      expect([await status(away), await status(recovered)]).toEqual([401, 200]);
      await Promise.all([here.close(), there.close()]);
    });
  });

  it('are none when an authenticator is removed or MFA is switched off; all can be by their owner [SES-8]', async () => {
    const { user, secret, browser } = await userWithTotp(app);
    const owner = await pass(user, secret);
    await owner.patch('/v1/account/mfa', { mfa: false }).expect(200);
    await owner.delete('/v1/account/mfa/authenticators/totp').expect(204);
    expect([await status(browser), await status(owner)]).toEqual([200, 200]);
    await owner.delete('/v1/account/sessions').expect(204);
    expect([await status(browser), await status(owner)]).toEqual([401, 401]);
  });

  describe('by the host', () => {
    it('are all of the user, and nobody is signed in by it [REC-8] [SES-8]', async () => {
      const { user, browser } = await userWithTotp(app);
      const stranger = await userWithTotp(app);
      await app.mfa.endSessions(user.id);
      expect([await status(browser), await status(stranger.browser)]).toEqual([401, 200]);
      const again = app.browser();
      await signIn(again, user);
      expect(await status(again)).toBe(401);
      const { body } = await again.get('/v1/account/mfa/factors').expect(200);
      expect(body).toMatchObject({ totp: true });
    });

    it('are all but the one that asks, which gets a new id [SES-1]', async () => {
      const { user, secret, browser } = await userWithTotp(app);
      const owner = await pass(user, secret);
      const before = owner.cookie();
      await owner.post('/password').set('x-user', user.id).expect(200);
      expect([await status(browser), await status(owner)]).toEqual([401, 200]);
      expect(owner.cookie()).not.toBe(before);
    });

    it('leave the browsers known in which they were completed, whatever strangers have locked [REC-8] [THR-7]', async () => {
      const { user, secret } = await userWithTotp(app);
      const owner = await pass(user, secret);
      const stranger = app.browser();
      await signIn(stranger, user);
      const id = await challenge(stranger, 'totp');
      const wrong = wrongAppCode(app, secret);
      for (let n = 0; n < 5; n++) await answer(stranger, id, wrong).expect(401);
      await app.mfa.endSessions(user.id);
      await signIn(stranger, user);
      await stranger.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(429);
      await signIn(owner, user);
      await answer(owner, await challenge(owner, 'totp'), totpCode(app, secret)).expect(200);
    });

    it("do not spare a session that is another user's, or was over before", async () => {
      const { user, browser } = await userWithTotp(app);
      const stranger = await userWithTotp(app);
      await stranger.browser.post('/password').set('x-user', user.id).expect(200);
      expect([await status(browser), await status(stranger.browser)]).toEqual([401, 200]);
      await browser.post('/password').set('x-user', user.id).expect(200);
      expect(await status(browser)).toBe(401);
    });

    it('do not come back when one that a recovery ended asks for the others', async () => {
      const { user, browser } = await userWithTotp(app);
      const [code] = await makeCodes(browser);
      const recovered = await recover(user, code);
      await browser.post('/password').set('x-user', user.id).expect(200);
      expect([await status(browser), await status(recovered)]).toEqual([401, 401]);
    });

    it.each([undefined, null, '', {}, Number.NaN])('are not ended for %p', async (id) => {
      await expect(app.mfa.endSessions(id as string)).rejects.toMatchObject({
        code: 'host_callback_failed',
      });
    });

    it('are all ended once, however many ask at the same time', async () => {
      const { user, browser } = await userWithTotp(app);
      await Promise.all(Array.from({ length: 12 }, () => app.mfa.endSessions(user.id)));
      expect(await status(browser)).toBe(401);
    });
  });

  describe('by forgetting the user', () => {
    it('leave nothing to whoever bound something before the owner was known [ENR-12] [A68]', async () => {
      // The attacker registers with the victim's address, which is unproved, and binds all there is.
      const user = addUser(app, { email: 'victim@example.com' });
      const attacker = app.browser();
      await signIn(attacker, user);
      const secret = await enrollTotp(app, attacker);
      await attacker.post('/v1/account/mfa/authenticators/email', { email: 'eve@evil.test' });
      const otp = sentCode(app);
      await attacker.put('/v1/account/mfa/authenticators/email', { otp }).expect(200);
      const codes = await makeCodes(attacker);
      await switchOn(attacker);
      const half = app.browser();
      await signIn(half, user);
      const open = await challenge(half, 'totp');

      // The victim proves the address by a link of the host, and sets a password.
      app.users.set(user.id, { ...user, emailVerified: true, password: 'the victim knows it' });
      await app.mfa.forget(user.id);

      expect([await status(attacker), await status(half)]).toEqual([401, 401]);
      await answer(half, open, totpCode(app, secret)).expect(401);
      const victim = app.browser();
      await signIn(victim, { ...user, password: 'the victim knows it' });
      expect(await status(victim)).toBe(200);
      const { body } = await victim.get('/v1/account/mfa/factors').expect(200);
      expect(body).toMatchObject({ totp: false, email: true, recoveryCode: false });
      await switchOn(victim);
      const next = app.browser();
      await signIn(next, { ...user, password: 'the victim knows it' });
      await next.post('/v1/account/mfa/challenges', { factor: 'totp' }).expect(404);
      await next.post('/v1/account/mfa/challenges', { factor: 'recoveryCode' }).expect(404);
      await answer(next, await challenge(next, 'email'), sentCode(app)).expect(200);
      const sent = app.outbox.filter(({ text }) => text.includes(codes[0] ?? '?'));
      expect(sent).toEqual([]);
    });

    it('are an event, and news to every address that was known [ENR-6] [ENR-12]', async () => {
      const { user } = await userWithTotp(app);
      app.outbox.length = 0;
      await app.mfa.forget(user.id);
      await everythingSent();
      expect(app.events).toContainEqual(
        expect.objectContaining({ type: 'enrollment_forgotten', userId: user.id }),
      );
      expect(app.outbox.map(({ to, text }) => [to, text.includes('were removed')])).toContainEqual([
        user.email,
        true,
      ]);
    });
  });

  it('are told of, with all else that is held, and without secrets, in an export [LOG-6]', async () => {
    const { user, secret, browser } = await userWithTotp(app, { emailVerified: true });
    const [code = ''] = await makeCodes(browser);
    const held: MfaExport = await app.mfa.export(user.id);
    expect(held).toMatchObject({ userId: user.id, mfa: true, endedBefore: 0 });
    expect(held.authenticators.map(({ type, state }) => `${type} ${state}`).toSorted()).toEqual([
      'email active',
      'recoveryCode active',
      'totp active',
    ]);
    const { destination } = held.authenticators.find(({ type }) => type === 'email') ?? {};
    expect(destination).toEqual({ channel: 'email', to: user.email });
    expect(held.sessions).toHaveLength(1);
    expect(Object.keys(held.sessions[0] ?? {})).toEqual(['id', 'createdAt', 'seenAt', 'completed']);
    const pointer = JSON.stringify(app.sessions).match(/mfa\\+":\\+"([^"\\]+)/)?.[1] ?? '?';
    expect(pointer).toMatch(/^[\w-]{43}\./);
    const text = JSON.stringify(held);
    for (const hidden of [secret, code, code.replaceAll('-', ''), pointer.slice(-43), '"secret"'])
      expect(text).not.toContain(hidden);
    expect(await app.mfa.export('nobody')).toEqual({
      userId: 'nobody',
      mfa: false,
      endedBefore: 0,
      knownSince: 0,
      authenticators: [],
      sessions: [],
    });
  });
});
