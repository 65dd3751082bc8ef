import { Redis } from 'ioredis';
import type { Cluster } from 'ioredis';

import type { Store } from '../../lib/core/ports.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { redisStore } from '../../lib/redis.ts';
import { keysOf } from '../../lib/stores/redis/keys.ts';
import { aChange, aSession } from '../contracts/store-builders.ts';
import { storeContract } from '../contracts/store-contract.ts';
import { clusterPorts, describeWithRedis, uniquePrefix } from '../support/redis-harness.ts';
import { cluster, cluster5, connected, keysUnder } from './connected.ts';

describeWithRedis('redisStore on a Cluster', () => {
  const prefix = uniquePrefix();
  let clients: readonly [Cluster, Cluster];
  let nodes: readonly Redis[];
  let stores: readonly [Store, Store];

  beforeAll(async () => {
    clients = await connected(cluster);
    nodes = clusterPorts().map((port) => new Redis(port, '127.0.0.1'));
    const options = { prefix, timeoutMs: 10_000 };
    stores = [redisStore(clients[0], options), redisStore(clients[1], options)];
  });
  afterAll(() => [...clients, ...nodes].forEach((client) => client.disconnect()));

  storeContract(() => stores);

  it('leaves no key without a time to live but enrollments [STO-5]', async () => {
    for (const node of nodes) {
      const keys = await keysUnder(prefix, [node]);
      const left = await Promise.all(keys.map((key) => node.pttl(key)));
      const immortal = keys.filter((_, i) => left[i] === -1);
      expect(immortal.filter((key) => !key.endsWith(':enrollment'))).toEqual([]);
      // Every node took its share, so the line above looked at something.
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  it.each([
    '{',
    '}',
    '{}',
    '}{',
    '{a}{b}',
    '',
    '{user}:sessions',
    '\u0000',
    '{\n}',
    '名'.repeat(500),
  ])('keeps all of the user %j in one slot [STO-6]', async (userId) => {
    const keys = keysOf(prefix, userTag(userId));
    const slotOf = async (key: string) => nodes[0]?.cluster('KEYSLOT', key);
    const slots = await Promise.all(keys.map(slotOf));
    expect(new Set(slots).size).toBe(1);
    const record = await aSession(stores[0], { userId });
    expect(await stores[1].save(aChange(record))).toMatch(/saved|stale/);
    await stores[0].end(userTag(userId), 'all');
  });

  it('works through ioredis 5 all the same', async () => {
    const [client, other] = await connected(cluster5);
    const store = redisStore(client, { prefix });
    const record = await aSession(store);
    expect(await store.save(aChange(record))).toBe('saved');
    expect((await stores[0].enrollment(record.userId)).version).toBe(1);
    [client, other].forEach((each) => each.disconnect());
  });
});
