import fc from 'fast-check';

import type { Window } from '../../lib/core/budget.ts';
import type { LimitOptions } from '../../lib/limit-options.ts';
import { DAY, HOUR, MINUTE, reasonOf, startEngine, valueOf } from '../core/engine.ts';
import { codeMessages } from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { runs } from './runs.ts';

const NETWORKS = ['192.0.2.1', '198.51.100.2'] as const;
/** Two of one prefix, two of one country. */
const NUMBERS = ['+14155552671', '+14155552672', '+14255552673', '+4915112345678'] as const;
const USERS = NUMBERS.map((_, n) => n);

interface Step {
  readonly user: number;
  readonly channel: 'email' | 'phone';
  readonly network: string;
  readonly waitMs: number;
  readonly atOnce: number;
}

/** A message that was sent, by what limits go by. */
interface Sent {
  readonly at: number;
  readonly account: number;
  readonly destination: string;
  readonly network: string;
  readonly sms: string | undefined;
  readonly prefix: string | undefined;
  readonly country: string | undefined;
}

const someWindows = fc.array(
  fc.record({
    limit: fc.integer({ min: 1, max: 4 }),
    windowMs: fc.constantFrom(10 * MINUTE, HOUR, DAY),
  }),
  { minLength: 1, maxLength: 2 },
);
const KINDS = ['account', 'destination', 'network', 'sms', 'prefix', 'country'] as const;
type Caps = Readonly<Partial<Record<(typeof KINDS)[number], readonly Window[]>>>;
/** Up to three at a time: of six the lowest would hide what the others let through. */
const someCaps: fc.Arbitrary<Caps> = fc
  .subarray([...KINDS], { minLength: 1, maxLength: 3 })
  .chain((kinds) => fc.record(Object.fromEntries(kinds.map((kind) => [kind, someWindows]))));
const somewhatLater = [MINUTE, 6 * MINUTE, 40 * MINUTE] as const;

function someSteps(...waits: readonly number[]): fc.Arbitrary<Step[]> {
  const step = fc.record({
    user: fc.constantFrom(...USERS),
    channel: fc.constantFrom('email' as const, 'phone' as const),
    network: fc.constantFrom(...NETWORKS),
    waitMs: fc.constantFrom(...waits),
    atOnce: fc.integer({ min: 1, max: 3 }),
  });
  return fc.array(step, { minLength: 5, maxLength: 25 });
}

/** All that is sent when users ask for codes step by step, and how many they did not get. */
async function sentBy(steps: readonly Step[], limits: LimitOptions) {
  const lab = startEngine({ limits: { ...UNLIMITED, ...limits }, coolDownMs: [1000] });
  const users = NUMBERS.map((phone) =>
    lab.user({ emailVerified: true, phone, phoneVerified: true }),
  );
  for (const user of users) valueOf(await (await lab.signIn(user)).switchMfa(true));
  const sent: Sent[] = [];
  let limited = 0;
  for (const { user, channel, network, waitMs, atOnce } of steps) {
    lab.clock.now += waitMs;
    const whose = users[user] ?? lab.user();
    const visits = await Promise.all(
      Array.from({ length: atOnce }, () => lab.signIn(whose, 'password', { network })),
    );
    const before = codeMessages(lab.outbox).length;
    const outcomes = await Promise.all(visits.map((visit) => visit.challenge(channel)));
    limited += outcomes.filter((one) => reasonOf(one) === 'limited').length;
    const number = channel === 'phone' ? NUMBERS[user] : undefined;
    for (let n = codeMessages(lab.outbox).length - before; n > 0; n -= 1)
      sent.push({
        at: lab.clock.now,
        account: user,
        destination: `${channel} ${user}`,
        network,
        sms: number && 'all',
        prefix: number?.slice(0, -4),
        country: number?.slice(0, 2),
      });
  }
  return { sent, limited };
}

/** The most that had the same of something within a window, whichever it was. */
function most(sent: readonly Sent[], same: keyof Sent, { windowMs }: Window): number {
  const within = sent.map(
    (last) =>
      sent.filter(
        (one) =>
          one[same] !== undefined &&
          one[same] === last[same] &&
          one.at <= last.at &&
          one.at > last.at - windowMs,
      ).length,
  );
  return Math.max(0, ...within);
}

describe('[DEL-2] [A41] messages', () => {
  it('never exceed the smallest of the caps, by mail or SMS, whoever asks from where and when', async () => {
    const seen = { sent: 0, limited: 0 };
    await fc.assert(
      fc.asyncProperty(someCaps, someSteps(0, ...somewhatLater), async (caps, steps) => {
        const { sent, limited } = await sentBy(steps, caps);
        seen.sent += sent.length;
        seen.limited += limited;
        for (const kind of KINDS)
          for (const window of caps[kind] ?? [])
            expect(most(sent, kind, window)).toBeLessThanOrEqual(window.limit);
      }),
      runs(25),
    );
    expect(Math.min(seen.sent, seen.limited)).toBeGreaterThan(0);
  });

  it('never go to more new destinations for one network than its caps, which to those it has tried are none', async () => {
    const seen = { sent: 0, limited: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.record({ destinationsPerNetwork: someWindows }),
        someSteps(...somewhatLater),
        async (caps, steps) => {
          const { sent, limited } = await sentBy(steps, caps);
          seen.sent += sent.length;
          seen.limited += limited;
          const windows = caps.destinationsPerNetwork;
          const longest = Math.max(0, ...windows.map(({ windowMs }) => windowMs));
          const fresh = firstOf(sent, longest);
          for (const window of windows)
            expect(most(fresh, 'network', window)).toBeLessThanOrEqual(window.limit);
        },
      ),
      runs(15),
    );
    expect(Math.min(seen.sent, seen.limited)).toBeGreaterThan(0);
  });
});

/** Those to a destination that their network had not tried, or so long ago that it is new again. */
function firstOf(sent: readonly Sent[], memoryMs: number): readonly Sent[] {
  const firsts: Sent[] = [];
  for (const one of sent) {
    const isKnown = firsts.some(
      ({ at, network, destination }) =>
        network === one.network && destination === one.destination && at > one.at - memoryMs,
    );
    if (!isKnown) firsts.push(one);
  }
  return firsts;
}
