import type { Redis } from 'ioredis';

import type { Store } from '../../lib/core/ports.ts';
import { redisStore } from '../../lib/redis.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  aChallenge,
  aChange,
  anAttempt,
  anOpen,
  aSession,
  LIFETIME,
  NOW,
  pointerTo,
  someFacts,
} from '../contracts/store-builders.ts';
import { describeWithRedis, uniquePrefix } from '../support/redis-harness.ts';
import { connected, single } from './connected.ts';

describeWithRedis('what redisStore costs', () => {
  const asked: string[] = [];
  let clients: readonly [Redis, Redis];
  let store: Store;

  beforeAll(async () => {
    clients = await connected(single);
    const [redis] = clients;
    store = redisStore(
      {
        status: 'ready',
        evalsha: (...args) => (asked.push('evalsha'), redis.evalsha(...args)),
        eval: (...args) => (asked.push('eval'), redis.eval(...args)),
        hmget: (...args) => (asked.push('hmget'), redis.hmget(...args)),
      },
      { prefix: uniquePrefix(), timeoutMs: 10_000 },
    );
  });
  afterAll(() => clients.forEach((client) => client.disconnect()));

  it('is one command for each verb, and no script for a guard', async () => {
    const record = await aSession(store);
    const { userId } = record;
    const at = pointerTo(record);
    const challenge = await anOpen(store, record);
    const budget = { name: userId, windows: [{ limit: 9, windowMs: 1 }] };
    const attempt = anAttempt(record, challenge);
    const verbs: Readonly<
      Record<Exclude<keyof Store, 'warnings' | 'requestMs'>, () => Promise<unknown>>
    > = {
      session: () => store.session(at),
      enrollment: () => store.enrollment(userId),
      load: () => store.load(at),
      recall: () => store.recall(at),
      open: () => store.open({ challenge: aChallenge(record), secret: record.secret, now: NOW }),
      withdraw: () => store.withdraw(challenge),
      settle: () => store.settle(attempt),
      restore: () => store.restore(challenge),
      save: () => store.save(aChange(record)),
      begin: () => store.begin(record, someFacts(), LIFETIME),
      outdate: () => store.outdate(userId, 1),
      remember: () => store.remember({ userId, facts: someFacts() }),
      touch: () => store.touch(at, NOW),
      renew: () => store.renew(at, { userId, version: 1 }, NOW),
      sessions: () => store.sessions(userId),
      spend: () => store.spend(budget, 'a', NOW),
      refund: () => store.refund(budget, 'a'),
      tally: () => store.tally(budget, NOW),
      end: () => store.end(userTag(userId), 'all'),
      forgive: () => store.forgive(userTag(userId)),
      erase: () => store.erase(userTag(userId)),
    };
    for (const verb of Object.values(verbs)) await verb();
    for (const [name, verb] of Object.entries(verbs)) {
      asked.length = 0;
      await verb();
      const plain = name === 'session' || name === 'enrollment';
      expect([name, ...asked]).toEqual([name, plain ? 'hmget' : 'evalsha']);
    }
  });
});
