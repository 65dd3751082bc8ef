import { Redis } from 'ioredis';

import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import type { RedisServer } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  appCodes,
  beginTotp,
  challenge,
  expected,
  guardOf,
  signedIn,
  switchOn,
  userWithTotp,
  withDifferentCodes,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

describeWithRedis('[A49] an app’s code sent again elsewhere', () => {
  const processes = twoProcesses();
  const prepare = (site: Site) =>
    withDifferentCodes(
      () => userWithTotp(site),
      ({ secret }) => appCodes(site, secret, -1, 3),
    );

  it.each([false, true])(
    'is refused at a login, a step-up and a second device (split store: %s) [REP-2] [REP-4]',
    async (split) => {
      const site = await processes.site({ split });
      const { user, secret, owner } = await prepare(site);
      const first = await signedIn(site, user);
      const second = await signedIn(site, user);
      const ids = [await challenge(first, 'totp'), await challenge(second, 'totp')];
      const [own = '', other = ''] = ids;
      const otp = appCode(site, secret);
      expected(await answer(first, own, otp), 200);
      expect((await answer(second, other, otp)).status).toBe(401);
      const stepUp = await challenge(owner, 'totp');
      expect((await answer(owner, stepUp, otp)).status).toBe(401);
      expect(await guardOf(owner, '/vault')).toBe(401);
      const again = await challenge(first, 'totp');
      expect((await answer(first, again, otp)).status).toBe(401);
      await site.forward(30_000);
      expect((await answer(second, other, otp)).status).toBe(401);
      expect((await answer(second, other, appCode(site, secret))).status).toBe(200);
    },
  );

  it('is refused as the first login’s code when it has confirmed the enrollment [REP-3]', async () => {
    const site = await processes.site();
    const user = site.addUser();
    const owner = await signedIn(site, user);
    const secret = await withDifferentCodes(
      () => beginTotp(owner),
      (drawn) => appCodes(site, drawn, -1, 1),
    );
    const otp = appCode(site, secret);
    expected(await owner.put('/v1/account/mfa/authenticators/totp', { otp }), 200);
    await switchOn(owner);
    const next = await signedIn(site, user);
    expect((await answer(next, await challenge(next, 'totp'), otp)).status).toBe(401);
    expect(await guardOf(next)).toBe(401);
  });

  describe('after Redis lost everything', () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedis();
    });
    afterAll(() => server.stop());

    it('is refused, like a recovery code that was used: the host’s database remembers [STO-10] [REP-5]', async () => {
      const site = await processes.site({ split: true, redisPort: server.port });
      const { user, secret, owner } = await prepare(site);
      const made = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
      const [code = '', fresh = ''] = made.body.recoveryCodes as readonly string[];
      const first = await signedIn(site, user);
      expected(await answer(first, await challenge(first, 'recoveryCode'), code), 200);
      const otp = appCode(site, secret);
      expected(await answer(first, await challenge(first, 'totp'), otp), 200);

      const redis = new Redis(server.port, '127.0.0.1');
      await redis.flushall();
      redis.disconnect();
      expect(await guardOf(first)).toBe(401);

      await site.forward(1000);
      const thief = await signedIn(site, user);
      expect(await guardOf(thief)).toBe(401);
      expect((await answer(thief, await challenge(thief, 'totp'), otp)).status).toBe(401);
      expect((await answer(thief, await challenge(thief, 'recoveryCode'), code)).status).toBe(401);
      expect(await guardOf(thief)).toBe(401);
      const id = await challenge(thief, 'recoveryCode');
      expect((await answer(thief, id, fresh)).status).toBe(200);
    });
  });
});
