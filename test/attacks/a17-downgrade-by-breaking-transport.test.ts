import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  challenge,
  guardOf,
  sentCode,
  sentCodes,
  signedIn,
  userWithMail,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A17] a transport that is down', () => {
  const processes = twoProcesses();

  it('opens no weaker factor, and none without its code [STP-5] [VER-10]', async () => {
    const site = await processes.site();
    const phone = { phone: '+14155552671', phoneVerified: true };
    const { user } = await userWithMail(site, phone);
    const visitor = await signedIn(site, user);
    const tried: string[] = [];
    site.isBroken = ({ channel, text }) => {
      if (channel === 'sms') tried.push(/\b\d{6}\b/.exec(text)?.[0] ?? '');
      return channel === 'sms';
    };
    const before = sentCodes(site);
    const failed = await visitor.post('/v1/account/mfa/challenges', { factor: 'phone' });
    expect(failed.status).toBe(503);
    // Nothing went to the mailbox in its place, and what was never delivered works for nobody.
    expect(sentCodes(site)).toEqual(before);
    expect(failed.body).not.toHaveProperty('$id');
    for (const id of [String(failed.body.$id), 'x'.repeat(43)]) {
      expect((await answer(visitor, id, tried[0])).status).toBe(401);
    }
    expect(await guardOf(visitor)).toBe(401);
    expect(await site.count('delivery_failed')).toBe(1);

    site.isBroken = () => false;
    const id = await challenge(visitor, 'phone');
    expect((await answer(visitor, id, sentCode(site))).status).toBe(200);
  });
});
