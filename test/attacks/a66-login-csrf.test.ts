import { describeWithRedis } from '../support/redis-harness.ts';
import { enrollTotp, guardOf, signedIn, switchOn, userWithMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const SIGN_IN = '/v1/account/sessions/email';
const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

describeWithRedis('[A66] a victim who is signed in to the attacker’s account', () => {
  const processes = twoProcesses();

  it('is not signed in to it by a page of another site [TRN-1]', async () => {
    const site = await processes.site();
    const { email, password } = site.addUser({ id: 'attacker' });
    const text = JSON.stringify({ email, password });
    for (const [body, headers] of [
      [text, EVIL],
      [text, { ...EVIL, 'content-type': 'text/plain' }],
      [
        `email=${email}&password=${password}`,
        { 'content-type': 'application/x-www-form-urlencoded', ...EVIL },
      ],
      [text, { 'sec-fetch-site': 'same-site', origin: 'https://evil.acme.example' }],
    ] as const) {
      const victim = site.visitor();
      const { status, cookie } = await victim.post(SIGN_IN, body, headers);
      expect([status, cookie]).toEqual([403, undefined]);
    }
    // Without the mark of another site a form is no JSON.
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await site.visitor().post(SIGN_IN, 'email=x', form)).status).toBe(400);
  });

  it('is not moved to it from an account that is open', async () => {
    const site = await processes.site();
    const attacker = site.addUser({ id: 'attacker' });
    const { user, owner } = await userWithMail(site);
    const { email, password } = attacker;
    expect((await owner.post(SIGN_IN, { email, password })).status).toBe(401);
    const half = await signedIn(site, user);
    expect((await half.post(SIGN_IN, { email, password })).status).toBe(401);
    expect(await guardOf(half)).toBe(401);
    expect((await owner.get('/v1/account')).body.$id).toBe(user.id);
  });

  it('sees whose account it is, and binds nothing to one whose cookie was planted long ago [ENR-2]', async () => {
    const site = await processes.site();
    const attacker = site.addUser({ id: 'attacker', name: 'Eve' });
    const planted = await signedIn(site, attacker);
    await enrollTotp(site, planted);
    await switchOn(planted);
    await site.forward(15 * 60_000);
    // The attacker's cookie in the victim's browser.
    const victim = planted.copy();
    expect((await victim.get('/v1/account')).body).toMatchObject({ name: 'Eve' });
    for (const factor of ['totp', 'phone', 'email']) {
      const body = { phone: '+14155552671', email: 'victim@example.com' };
      const begun = await victim.post(`/v1/account/mfa/authenticators/${factor}`, body);
      expect([begun.status, begun.body.type]).toEqual([401, 'user_challenge_required']);
    }
    expect(site.outbox.filter(({ to }) => to !== attacker.email)).toEqual([]);
    expect(await guardOf(victim)).toBe(200);
  });
});
