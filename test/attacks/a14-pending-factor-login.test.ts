import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  expected,
  guardOf,
  sentCode,
  sentCodes,
  signedIn,
  switchOn,
  userWithMail,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A14] a factor that was never confirmed', () => {
  const processes = twoProcesses();

  it('gets no code for a login, and its own code opens none [DEL-10] [ENR-1]', async () => {
    const site = await processes.site();
    const phone = '+14155552671';
    const { user, owner } = await userWithMail(site, { phone, phoneVerified: false });
    const early = await signedIn(site, user);
    const none = await early.post('/v1/account/mfa/challenges', { factor: 'phone' });
    expect(none.status).toBe(400);
    const proving = await owner.post('/v1/account/mfa/challenges', { factor: 'email' });
    expected(await answer(owner, String(proving.body.$id), sentCode(site)), 200);
    const begun = expected(await owner.post('/v1/account/verifications/phone'), 201);
    const code = sentCode(site);
    const sent = sentCodes(site).length;

    const visitor = await signedIn(site, user);
    const asked = await visitor.post('/v1/account/mfa/challenges', { factor: 'phone' });
    expect(asked.status).toBe(400);
    expect(sentCodes(site)).toHaveLength(sent);
    const factors = expected(await visitor.get('/v1/account/mfa/factors'), 200);
    expect(factors.body.phone).toBe(false);
    for (const who of [visitor, owner]) {
      expect((await answer(who, String(begun.body.$id), code)).status).toBe(401);
    }
    expect(await guardOf(visitor)).toBe(401);
  });

  it('asks for nothing: who began to enroll and left signs in with the password [ENR-1]', async () => {
    const site = await processes.site();
    const user = site.addUser({ phone: '+14155552671' });
    const owner = await signedIn(site, user);
    await switchOn(owner);
    expected(await owner.post('/v1/account/verifications/phone'), 201);
    expected(await owner.post('/v1/account/mfa/authenticators/totp'), 200);
    const visitor = await signedIn(site, user);
    expect(await guardOf(visitor)).toBe(200);
    expect(await guardOf(visitor, '/vault')).toBe(401);
    const listed = expected(await visitor.get('/v1/account/mfa/authenticators'), 200);
    expect(listed.body.total).toBe(0);
  });
});
