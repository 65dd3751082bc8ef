import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  guardOf,
  pendingByMail,
  proveTotp,
  signedIn,
  userWithTotp,
} from './story.ts';
import { newKey, twoProcesses } from './two-processes.ts';

describeWithRedis('[A57] keys that are rotated, dropped and rolled back', () => {
  const processes = twoProcesses();
  const [old, fresh] = [newKey(), newKey()];

  it('lose no user and no open challenge while both are in the ring [CRY-1]', async () => {
    const site = await processes.site({ keys: [old] });
    const { user, secret, owner } = await userWithTotp(site);
    const made = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
    const [code = ''] = made.body.recoveryCodes as readonly string[];
    const mail = await pendingByMail(site);
    const app = await signedIn(site, user);
    const id = await challenge(app, 'totp');
    await site.deploy({ keys: [fresh, old] });
    expect((await answer(mail.visitor, mail.id, mail.code)).status).toBe(200);
    expect((await answer(app, id, appCode(site, secret))).status).toBe(200);
    expect(await guardOf(owner)).toBe(200);
    const saved = await signedIn(site, user);
    expect((await answer(saved, await challenge(saved, 'recoveryCode'), code)).status).toBe(200);
  });

  it('let nobody in once the old one is dropped: whoever was wrapped anew goes on, others fail plainly [CRY-5]', async () => {
    const site = await processes.site({ keys: [old] });
    const [moved, left] = [await userWithTotp(site), await userWithTotp(site)];
    const mail = await pendingByMail(site);
    const open = await signedIn(site, left.user);
    const id = await challenge(open, 'totp');
    await site.deploy({ keys: [fresh, old] });
    await proveTotp(site, await signedIn(site, moved.user), moved.secret);
    await site.deploy({ keys: [fresh] });
    await proveTotp(site, await signedIn(site, moved.user), moved.secret);

    const refused = [
      await answer(open, id, appCode(site, left.secret)),
      await answer(mail.visitor, mail.id, mail.code),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401]);
    const stranded = await signedIn(site, left.user);
    const none = await stranded.post('/v1/account/mfa/challenges', { factor: 'totp' });
    expect(none.status).toBe(404);
    // A secret that nobody can read does not disarm: the session still lacks a factor.
    expect(await guardOf(stranded)).toBe(401);
    expect((await stranded.patch('/v1/account/mfa', { mfa: false })).status).toBe(401);
    expect((await stranded.delete('/v1/account/mfa/authenticators/totp')).status).toBe(401);
    expect(await site.count('authenticator_unreadable')).toBeGreaterThan(0);
    expect(await site.count('fault')).toBe(0);
  });

  it('work both ways when a deployment is rolled back [CRY-1]', async () => {
    const site = await processes.site({ keys: [old] });
    const { user, secret } = await userWithTotp(site);
    await site.deploy({ keys: [fresh, old] });
    const mail = await pendingByMail(site);
    await proveTotp(site, await signedIn(site, user), secret);
    await site.deploy({ keys: [old, fresh] });
    expect((await answer(mail.visitor, mail.id, mail.code)).status).toBe(200);
    await proveTotp(site, await signedIn(site, user), secret);
    await site.deploy({ keys: [old] });
    await proveTotp(site, await signedIn(site, user), secret);
    expect(await site.count('authenticator_unreadable')).toBe(0);
  });
});
