import type { Redis } from 'ioredis';

import { inspect } from '../../lib/core/commands/inspect.ts';
import { emptyEnrollment } from '../../lib/core/enrollment.ts';
import type { Store } from '../../lib/core/ports.ts';
import { redisStore } from '../../lib/redis.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { splitStore } from '../../lib/stores/split.ts';
import { aRecord, pointerTo } from '../contracts/store-builders.ts';
import { storeContract } from '../contracts/store-contract.ts';
import { aWorld } from '../contracts/store-world.ts';
import { describeWithRedis, uniquePrefix } from '../support/redis-harness.ts';
import { connected, keysUnder, single } from './connected.ts';
import { hostTable } from './host-table.ts';

const NOTHING = { challenges: [], failures: {}, rests: {} };

describe('splitStore with memoryStore', () => {
  const [table, volatile] = [hostTable(), memoryStore()];
  // As two processes have it, and made within each test.
  const store = () => splitStore(table, volatile);

  storeContract(() => [store(), store()]);

  it('loads the enrollment of nobody by a pointer at nothing', async () => {
    const loaded = await store().load(pointerTo(aRecord()));
    expect(loaded).toEqual({ ...NOTHING, enrollment: emptyEnrollment('') });
  });
});

describeWithRedis('splitStore with redisStore', () => {
  const prefix = uniquePrefix();
  const table = hostTable();
  let clients: readonly [Redis, Redis];
  let stores: readonly [Store, Store];

  beforeAll(async () => {
    clients = await connected(single);
    const options = { prefix, timeoutMs: 10_000 };
    stores = [
      splitStore(table, redisStore(clients[0], options)),
      splitStore(table, redisStore(clients[1], options)),
    ];
  });
  afterAll(() => clients.forEach((client) => client.disconnect()));

  storeContract(() => stores);

  it('leaves no key without a time to live and keeps no enrollment in Redis [STO-5]', async () => {
    const keys = await keysUnder(prefix, clients);
    expect(keys.length).toBeGreaterThan(0);
    const left = await Promise.all(keys.map((key) => clients[0].pttl(key)));
    expect(keys.filter((_, i) => left[i] === -1)).toEqual([]);
  });

  it.each(['totp', 'recoveryCode'])(
    'refuses a %s code that was used, though all that is volatile was lost since [STO-10] [REP-2] [REP-5] [A49]',
    async (factor) => {
      const world = aWorld(stores);
      const member = await world.member();
      const code = factor === 'totp' ? member.totp() : (member.recoveryCodes[0] ?? '');
      const use = async () => {
        const pointer = await world.signIn(member);
        return world.answer(pointer, await world.open(pointer, factor), code);
      };
      expect(await use()).toMatchObject({ status: 'done' });
      await clients[0].unlink(await keysUnder(prefix, clients));
      expect(await use()).toMatchObject({ reason: 'invalid' });
    },
  );

  it('lets nobody in by a session from before all that is volatile was lost [STO-10]', async () => {
    const world = aWorld(stores);
    const member = await world.member();
    const first = await world.signIn(member);
    const proved = await world.answer(first, await world.open(first, 'totp'), member.totp());
    const pointer = proved.status === 'done' ? proved.pointer : undefined;
    expect(await inspect(world.engines[0], { pointer }, {})).toMatchObject({ status: 'done' });
    await clients[0].unlink(await keysUnder(prefix, clients));
    expect(await inspect(world.engines[0], { pointer }, {})).toMatchObject({
      reason: 'first-factor',
    });
  });
});
