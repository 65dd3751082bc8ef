import type { Redis } from 'ioredis';

import type { Store } from '../../lib/core/ports.ts';
import { redisStore } from '../../lib/redis.ts';
import { storeContract } from '../contracts/store-contract.ts';
import { describeWithRedis, uniquePrefix } from '../support/redis-harness.ts';
import { connected, keysUnder, single, single5 } from './connected.ts';

describeWithRedis.each([
  ['ioredis 6', single],
  ['ioredis 5', single5],
])('redisStore on %s', (_, client) => {
  const prefix = uniquePrefix();
  let clients: Awaited<ReturnType<typeof connected<ReturnType<typeof client>>>>;
  let stores: readonly [Store, Store];

  beforeAll(async () => {
    clients = await connected<ReturnType<typeof client>>(client);
    const [here, there] = clients;
    const options = { prefix, timeoutMs: 10_000 };
    stores = [redisStore(here, options), redisStore(there, options)];
  });
  afterAll(() => clients.forEach((each) => each.disconnect()));

  storeContract(() => stores);

  it('leaves no key without a time to live but enrollments [STO-5]', async () => {
    const server = clients[0] as Redis;
    const keys = await keysUnder(prefix, [server]);
    const kinds = new Set(keys.map((key) => key.replace(/\{(budget:)?.*\}/, '{$1…}')));
    expect([...kinds].map((kind) => kind.slice(prefix.length)).toSorted()).toEqual([
      '{budget:…}',
      '{…}:budgets',
      '{…}:challenges',
      '{…}:enrollment',
      '{…}:sessions',
    ]);
    const left = await Promise.all(keys.map((key) => server.pttl(key)));
    const immortal = keys.filter((_key, i) => left[i] === -1);
    expect(immortal.filter((key) => !key.endsWith(':enrollment'))).toEqual([]);
    expect(immortal.length).toBeGreaterThan(0);
  });
});
