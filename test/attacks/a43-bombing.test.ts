import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  challenge,
  expected,
  sentCode,
  sentCodes,
  signedIn,
  userWithMail,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A43] messages that an account brings about all day', () => {
  const processes = twoProcesses();

  it('are ten codes for whoever has the password, then silence and one notice; a known device still gets its own [DEL-2] [THR-7]', async () => {
    const site = await processes.site({ options: { limits: {} } });
    const { user } = await userWithMail(site);
    const owner = await signedIn(site, user);
    const { device = '' } = await answer(owner, await challenge(owner, 'email'), sentCode(site));
    expect(device).not.toBe('');
    site.outbox.length = 0;

    for (let i = 0; i < 24 * 6; i++) {
      const attacker = await signedIn(site, user);
      await attacker.post('/v1/account/mfa/challenges', { factor: 'email' });
      await site.forward(600_000);
      if (i < 24 * 6 - 1) continue;
      await site.seen();
    }
    expect(sentCodes(site).length).toBeLessThanOrEqual(10);
    const told = site.outbox.filter(({ text }) => text.includes('asked for many codes'));
    expect(told).toHaveLength(1);
    expect(site.outbox.length).toBeLessThanOrEqual(15);

    const known = await signedIn(site, user);
    known.device = device;
    expect((await answer(known, await challenge(known, 'email'), sentCode(site))).status).toBe(200);
  });

  it('are five notices of a kind for whoever has signed up with a stranger’s address [DEL-2]', async () => {
    const site = await processes.site();
    const stranger = site.addUser({ emailVerified: false });
    const attacker = await signedIn(site, stranger);
    for (let i = 0; i < 20; i++) {
      expected(await attacker.patch('/v1/account/mfa', { mfa: i % 2 === 0 }), 200);
    }
    await site.seen();
    const told = site.outbox.map(({ text }) => /switched (on|off)/.exec(text)?.[0]);
    expect(told.filter((what) => what === 'switched on')).toHaveLength(5);
    expect(told.filter((what) => what === 'switched off')).toHaveLength(5);
    expect(told).toHaveLength(10);
  });
});
