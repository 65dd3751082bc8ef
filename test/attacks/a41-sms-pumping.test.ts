import { describeWithRedis } from '../support/redis-harness.ts';
import { sentCodes, signedIn } from './story.ts';
import type { Site } from './two-processes.ts';
import { twoProcesses } from './two-processes.ts';
import { UNLIMITED } from '../support/unlimited.ts';

describeWithRedis(
  '[A41] codes for a block of numbers, asked for by many accounts from many addresses',
  () => {
    const processes = twoProcesses();

    /** Each an account of its own, and each of these addresses by turns. */
    async function pump(site: Site, numbers: readonly string[], addresses: number) {
      const asked = numbers.map(async (phone, i) => {
        const visitor = await signedIn(site, site.addUser());
        visitor.from = `127.0.1.${i % addresses}`;
        return (await visitor.post('/v1/account/mfa/authenticators/phone', { phone })).status;
      });
      return Promise.all(asked);
    }

    const block = (count: number, prefix = '+1415555'): readonly string[] =>
      Array.from({ length: count }, (_, i) => `${prefix}${2000 + i}`);

    it('get no more than the budget of their prefix [DEL-2]', async () => {
      const site = await processes.site({ options: { limits: {} } });
      const statuses = await pump(site, block(100), 50);
      expect(sentCodes(site)).toHaveLength(10);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([
        ...Array(10).fill(200),
        ...Array(90).fill(429),
      ]);
      await site.forward(3_600_000);
      await pump(site, block(20), 50);
      expect(sentCodes(site)).toHaveLength(20);
    });

    it('stop where the codes do not come back, and the host hears of it once [DEL-4]', async () => {
      const limits = { ...UNLIMITED, conversion: { atLeast: 30, share: 0.3 } };
      const site = await processes.site({ options: { limits } });
      await pump(site, block(30), 10);
      await site.forward(400_000);
      const statuses = await pump(site, block(30, '+1415556'), 10);
      expect(new Set(statuses)).toEqual(new Set([429]));
      expect(sentCodes(site)).toHaveLength(30);
      expect(await site.count('conversion_low', 'country US')).toBe(1);
    });
  },
);
