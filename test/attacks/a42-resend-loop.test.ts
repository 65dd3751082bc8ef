import { describeWithRedis } from '../support/redis-harness.ts';
import { sentCodes, signedIn } from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A42] a resend every few seconds for an hour', () => {
  const processes = twoProcesses();

  it('sends five messages to the number, each later than the wait before it [DEL-1] [DEL-2]', async () => {
    const site = await processes.site({ options: { limits: {} } });
    const visitor = await signedIn(site, site.addUser());
    const sentAt: number[] = [];
    const start = site.now;
    for (let i = 0; i < 360; i++) {
      const body = { phone: '+14155552671' };
      const { status, headers } = await visitor.post('/v1/account/mfa/authenticators/phone', body);
      if (status === 200) sentAt.push(site.now - start);
      else if (status === 401) break;
      else expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      // A fresh first factor is needed every ten minutes: the loop signs in again as it goes.
      if (i % 50 === 49) visitor.cookie = (await signedIn(site, await userOf(site))).cookie;
      await site.forward(10_000);
    }
    expect(sentCodes(site)).toHaveLength(5);
    expect(sentAt).toEqual([0, 30_000, 90_000, 210_000, 510_000]);
  });

  async function userOf(site: Awaited<ReturnType<typeof processes.site>>) {
    const [user] = site.users.values();
    if (!user) throw new Error('There is no user.');
    return user;
  }
});
