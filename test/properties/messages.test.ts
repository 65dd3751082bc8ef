import fc from 'fast-check';

import { DAY, HOUR, MINUTE, startEngine, valueOf } from '../core/engine.ts';
import { codeMessages } from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { runs } from './runs.ts';

const SPANS = [10 * MINUTE, HOUR, DAY] as const;
const NETWORKS = ['192.0.2.1', '198.51.100.2'] as const;

interface Sent {
  readonly at: number;
  readonly user: number;
  readonly network: string;
}

describe('[DEL-2] [A41] messages', () => {
  it('never exceed the smallest of the caps, whoever asks from where and when', async () => {
    const window = fc.record({
      limit: fc.integer({ min: 1, max: 4 }),
      windowMs: fc.constantFrom(...SPANS),
    });
    const windows = fc.array(window, { maxLength: 2 });
    const step = fc.record({
      user: fc.nat(2),
      network: fc.constantFrom(...NETWORKS),
      waitMs: fc.constantFrom(0, MINUTE, 6 * MINUTE, 40 * MINUTE),
      atOnce: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.record({ account: windows, destination: windows, network: windows }),
        fc.array(step, { minLength: 5, maxLength: 25 }),
        async (caps, steps) => {
          const lab = startEngine({ limits: { ...UNLIMITED, ...caps }, coolDownMs: [1000] });
          const users = [0, 1, 2].map(() => lab.user({ emailVerified: true }));
          for (const user of users) valueOf(await (await lab.signIn(user)).switchMfa(true));
          const sent: Sent[] = [];
          for (const { user, network, waitMs, atOnce } of steps) {
            lab.clock.now += waitMs;
            const whose = users[user] ?? lab.user();
            const visits = await Promise.all(
              Array.from({ length: atOnce }, () => lab.signIn(whose, 'password', { network })),
            );
            const before = codeMessages(lab.outbox).length;
            await Promise.all(visits.map((visit) => visit.challenge('email')));
            const more = codeMessages(lab.outbox).length - before;
            for (let n = 0; n < more; n += 1) sent.push({ at: lab.clock.now, user, network });
          }
          const within = (same: (one: Sent, other: Sent) => boolean, windowMs: number): number =>
            Math.max(
              0,
              ...sent.map(
                (last) =>
                  sent.filter(
                    (one) => same(one, last) && one.at <= last.at && one.at > last.at - windowMs,
                  ).length,
              ),
            );
          const byUser = (one: Sent, other: Sent): boolean => one.user === other.user;
          const byNetwork = (one: Sent, other: Sent): boolean => one.network === other.network;
          for (const { limit, windowMs } of [...caps.account, ...caps.destination])
            expect(within(byUser, windowMs)).toBeLessThanOrEqual(limit);
          for (const { limit, windowMs } of caps.network)
            expect(within(byNetwork, windowMs)).toBeLessThanOrEqual(limit);
        },
      ),
      runs(30),
    );
  });
});
