import { describeWithRedis } from '../support/redis-harness.ts';
import { foundAgain, linkedSites } from './broken-link.ts';
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
  wrongAppCode,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Answer, Ask, Visitor } from './visitor.ts';

const LIMIT_MS = 1_200;

/** Every route and a guarded page, as a browser that may use them all would ask. */
function everything(visitor: Visitor, email: string, challengeId: string): readonly Ask[] {
  const asks: readonly (readonly [method: string, path: string, body?: object])[] = [
    ['GET', '/reports'],
    ['GET', '/vault'],
    ['GET', '/v1/account'],
    ['POST', '/v1/account/sessions/email', { email, password: 'correct horse battery staple' }],
    ['GET', '/v1/account/sessions'],
    ['GET', '/v1/account/sessions/current'],
    ['DELETE', '/v1/account/sessions'],
    ['DELETE', '/v1/account/sessions/current'],
    ['PATCH', '/v1/account/phone', { phone: '+4915112345678', password: 'x' }],
    ['PATCH', '/v1/account/mfa', { mfa: false }],
    ['GET', '/v1/account/mfa/factors'],
    ['POST', '/v1/account/mfa/challenges', { factor: 'totp' }],
    ['PUT', '/v1/account/mfa/challenges', { challengeId, otp: '123456' }],
    ['GET', '/v1/account/mfa/authenticators'],
    ['POST', '/v1/account/mfa/authenticators/totp'],
    ['PUT', '/v1/account/mfa/authenticators/totp', { otp: '123456' }],
    ['PATCH', '/v1/account/mfa/authenticators/x', { name: 'My phone' }],
    ['DELETE', '/v1/account/mfa/authenticators/totp'],
    ['POST', '/v1/account/mfa/recovery-codes'],
    ['PATCH', '/v1/account/mfa/recovery-codes'],
    ['GET', '/v1/account/mfa/recovery-codes'],
    ['POST', '/v1/account/verifications/email'],
    ['PUT', '/v1/account/verifications/email', { userId: 'x', secret: '123456' }],
  ];
  return asks.map(([method, path, body]) => visitor.ask(method, path, body));
}

async function timed(send: () => Promise<Answer>): Promise<Answer & { readonly ms: number }> {
  const began = performance.now();
  const answered = await send();
  return { ...answered, ms: performance.now() - began };
}

describeWithRedis('[A52] Redis that is slow', () => {
  const linked = linkedSites(twoProcesses());

  it('is answered 503 within 1.2 s by every route and guard, for as long as it stalls [AVL-1]', async () => {
    const { site, link } = await linked();
    const [victim, other] = [await userWithTotp(site), await userWithTotp(site)];
    const asks = everything(victim.owner, victim.user.email, await challenge(victim.owner, 'totp'));
    await site.deploy({ timeoutMs: 500 });
    link.stall();
    for (let round = 0; round < 3; round += 1) {
      const all = asks.map((ask) => timed(() => victim.owner.copy().send(ask)));
      for (const [i, { status, body, ms, cookie }] of (await Promise.all(all)).entries()) {
        const { method, path } = asks[i] ?? { method: '', path: '' };
        expect([method, path, status, body.type]).toEqual([method, path, 503, 'mfa_unavailable']);
        expect(cookie).toBeUndefined();
        expect(ms).toBeLessThan(LIMIT_MS);
      }
    }
    link.resume();
    await foundAgain(other.owner);
    await site.deploy();
    expect(await guardOf(other.owner)).toBe(200);
    await proveTotp(site, await signedIn(site, other.user), other.secret);
  });

  it('is answered 503 within 1.2 s, too, where each command is fast enough and all together are not [AVL-1]', async () => {
    const options = { hardCap: 5, locks: [{ count: 1_000, waitMs: 1 }] };
    const { site, link } = await linked({ options });
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'totp');
    const wrong = wrongAppCode(site, secret);
    for (let i = 0; i < 4; i += 1) expected(await answer(visitor, id, wrong), 401);
    // At the hard cap it takes five commands: load, settle, enrollment, save, remember.
    await site.deploy({ timeoutMs: 400, options });
    link.delayMs = 200;
    const { status, ms } = await timed(() => answer(visitor, id, wrong));
    expect(status).toBe(503);
    expect(ms).toBeLessThan(LIMIT_MS);
  });

  it('lets nobody in by a code of an app whose acceptance came too late, then or later [AVL-4] [REP-2]', async () => {
    const { site, link } = await linked();
    const { user, secret, owner } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'totp');
    const code = appCode(site, secret);
    await site.deploy({ timeoutMs: 1_500 });
    link.stallAt(2);
    expected(await answer(visitor, id, code), 503);
    expect(link.seen.slice(-2)).toEqual(['evalsha', 'evalsha']);
    link.resume();
    await foundAgain(owner);
    await site.deploy();
    // By now Redis has accepted it, and the browser of the answer knows nothing of that.
    expect(await guardOf(visitor)).toBe(401);
    expect((await answer(visitor, id, code)).status).toBe(401);
    const again = await signedIn(site, user);
    expect((await answer(again, await challenge(again, 'totp'), code)).status).toBe(401);
    await site.forward(30_000);
    await proveTotp(site, again, secret);
    expect(await guardOf(again)).toBe(200);
  });

  it('uses up a mailed code whose acceptance came too late [AVL-4]', async () => {
    const { site, link } = await linked();
    const { user, visitor, id, code } = await pendingByMail(site);
    await site.deploy({ timeoutMs: 1_500 });
    link.stallAt(2);
    expected(await answer(visitor, id, code), 503);
    link.resume();
    await foundAgain(visitor);
    await site.deploy();
    expect(await guardOf(visitor)).toBe(401);
    expect((await answer(visitor, id, code)).status).toBe(401);
    await site.forward(30_000);
    const next = await pendingByMail(site, user);
    expect((await answer(next.visitor, next.id, next.code)).status).toBe(200);
  });
});
