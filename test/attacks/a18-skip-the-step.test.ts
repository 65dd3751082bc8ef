import { describeWithRedis } from '../support/redis-harness.ts';
import { appCode, answer, challenge, guardOf, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Visitor } from './visitor.ts';

const MFA = '/v1/account/mfa';
/** Every route that a session without its second factor has no business with. */
const CLOSED: readonly (readonly [string, string, object?])[] = [
  ['GET', '/reports'],
  ['GET', '/vault'],
  ['GET', '/v1/account'],
  ['GET', '/v1/account/sessions'],
  ['DELETE', '/v1/account/sessions'],
  ['POST', '/v1/account/sessions/email', { email: 'ada@example.com', password: 'x' }],
  ['PATCH', '/v1/account/phone', { phone: '+14155552671', password: 'x' }],
  ['PATCH', MFA, { mfa: false }],
  ['PATCH', MFA, { mfa: true }],
  ['GET', `${MFA}/authenticators`],
  ['POST', `${MFA}/authenticators/totp`],
  ['PUT', `${MFA}/authenticators/totp`, { otp: '123456' }],
  ['PATCH', `${MFA}/authenticators/any`, { name: 'mine' }],
  ['DELETE', `${MFA}/authenticators/totp`],
  ['DELETE', `${MFA}/totp`],
  ['POST', `${MFA}/authenticators/email`, { email: 'thief@example.com' }],
  ['POST', `${MFA}/recovery-codes`],
  ['PATCH', `${MFA}/recovery-codes`],
  ['GET', `${MFA}/recovery-codes`],
  ['POST', '/v1/account/verifications/email'],
  ['PUT', '/v1/account/verifications/email', { userId: 'x', secret: '123456' }],
  ['POST', '/v1/account/verifications/phone'],
  ['PUT', '/v1/account/verifications/phone', { userId: 'x', secret: '123456' }],
];

describeWithRedis('[A18] a session that skips its second factor', () => {
  const processes = twoProcesses();

  async function tryAll(visitor: Visitor): Promise<readonly string[]> {
    const opened: string[] = [];
    for (const [method, path, body] of CLOSED) {
      const { status, body: answered } = await visitor.send(visitor.ask(method, path, body ?? ''));
      const isRefused = status === 401 && answered.type === 'user_more_factors_required';
      if (!isRefused) opened.push(`${method} ${path}: ${status}`);
    }
    return opened;
  }

  it('gets nowhere out of order, changes nothing, and can still do it properly [SES-3] [VER-11] [REC-2]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site, { emailVerified: true });
    const visitor = await signedIn(site, user);
    const { cookie } = visitor;
    expect(await tryAll(visitor)).toEqual([]);
    const id = await challenge(visitor, 'totp');
    expect(await tryAll(visitor)).toEqual([]);
    expect((await answer(visitor, id, '12345')).status).toBe(401);
    expect(await tryAll(visitor)).toEqual([]);
    expect(visitor.cookie).toBe(cookie);
    expect((await answer(visitor, id, appCode(site, secret))).status).toBe(200);
    expect(await guardOf(visitor)).toBe(200);
  });

  it('has ten minutes for it, and is nobody then [SES-7]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'totp');
    await site.forward(600_000);
    const late = await answer(visitor, id, appCode(site, secret));
    expect([late.status, late.body.type]).toEqual([401, 'general_unauthorized_scope']);
    expect(await guardOf(visitor)).toBe(401);
  });
});
