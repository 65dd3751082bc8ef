import { describeWithRedis } from '../support/redis-harness.ts';
import { sentCodes, signedIn } from './story.ts';
import type { Site } from './two-processes.ts';
import { twoProcesses } from './two-processes.ts';
import { UNLIMITED } from '../support/unlimited.ts';

/** As many as an attacker rents. */
const ADDRESSES = 50;

describeWithRedis(
  '[A41] codes for a block of numbers, asked for by many accounts from many addresses',
  () => {
    const processes = twoProcesses();

    /** Each for an account of its own, each time one from each address at once; the statuses by turns. */
    async function pump(site: Site, numbers: readonly string[], network = '198.51.100') {
      const turns: number[][] = [];
      for (let at = 0; at < numbers.length; at += ADDRESSES) {
        const asked = numbers.slice(at, at + ADDRESSES).map(async (phone, i) => {
          const visitor = await signedIn(site, site.addUser());
          visitor.address = `${network}.${i}`;
          return (await visitor.post('/v1/account/mfa/authenticators/phone', { phone })).status;
        });
        turns.push((await Promise.all(asked)).toSorted((a, b) => a - b));
      }
      return turns;
    }

    const block = (count: number, prefix = '+1415555'): readonly string[] =>
      Array.from({ length: count }, (_, i) => `${prefix}${2000 + i}`);

    const all = (status: number): readonly number[] => Array<number>(ADDRESSES).fill(status);

    it('get 10 of 500, the budget of their prefix, and as many in the next hour [DEL-2]', async () => {
      const site = await processes.site({ proxies: 1, options: { limits: {} } });
      const [first, ...later] = await pump(site, block(500));
      expect(first).toEqual([...Array(10).fill(200), ...Array(40).fill(429)]);
      expect(later).toEqual(Array(9).fill(all(429)));
      expect(sentCodes(site)).toHaveLength(10);
      await site.forward(3_600_000);
      await pump(site, block(50));
      expect(sentCodes(site)).toHaveLength(20);
    });

    it('get 5 for each address over many prefixes, till the country is stopped and the host told [DEL-2] [DEL-4]', async () => {
      const site = await processes.site({ proxies: 1, options: { limits: {} } });
      const spread = Array.from({ length: 500 }, (_, i) => `+1415${560 + (i % 50)}${2000 + i}`);
      expect(await pump(site, spread)).toEqual([
        ...Array(5).fill(all(200)),
        ...Array(5).fill(all(429)),
      ]);
      expect(sentCodes(site)).toHaveLength(250);
      await site.forward(400_000);
      const elsewhere = await pump(site, block(50, '+1415610'), '203.0.113');
      expect(elsewhere).toEqual([all(429)]);
      expect(sentCodes(site)).toHaveLength(250);
      expect(await site.count('conversion_low', 'country US')).toBe(1);
    });

    it('stop where the codes do not come back, whatever else a host allows [DEL-4]', async () => {
      const limits = { ...UNLIMITED, conversion: { atLeast: 30, share: 0.3 } };
      const site = await processes.site({ proxies: 1, options: { limits } });
      await pump(site, block(30));
      await site.forward(400_000);
      const statuses = await pump(site, block(30, '+1415556'));
      expect(new Set(statuses.flat())).toEqual(new Set([429]));
      expect(sentCodes(site)).toHaveLength(30);
      expect(await site.count('conversion_low', 'country US')).toBe(1);
    });
  },
);
