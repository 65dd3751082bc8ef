import { randomBytes } from 'node:crypto';

import type { VolatileStore } from '../../lib/core/ports.ts';
import { createKeyring } from '../../lib/crypto/keyring.ts';
import { redisStore } from '../../lib/redis.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { signedStore } from '../../lib/stores/signed.ts';
import { splitStore } from '../../lib/stores/split.ts';
import { unavailable } from '../../lib/stores/redis/unavailable.ts';
import { hostTable } from './host-table.ts';

const never = (): Promise<never> => Promise.reject(new Error('Nothing is asked of this client.'));

/** A client whose servers report these settings. */
function client(reports: readonly string[], more: object = {}) {
  const servers = reports.map((report) => ({
    info: async (section: string) => (section === 'memory' ? report : ''),
  }));
  const bare = { status: 'ready', evalsha: never, eval: never, hmget: never };
  return { ...bare, ...servers[0], ...more };
}

const policy = (name: string): string =>
  `# Memory\r\nused_memory:1\r\nmaxmemory_policy:${name}\r\nallocator:x\r\n`;

/** What is said, by a store whose clock is right. */
const said = async (store: Pick<VolatileStore, 'warnings'>): Promise<readonly string[]> =>
  (await store.warnings(() => Date.now())).map(({ message }) => message);

describe('the warnings of a store', () => {
  it('are none in memory', async () => {
    expect(await memoryStore().warnings(() => 0)).toEqual([]);
  });

  it('are none where Redis evicts nothing', async () => {
    expect(await said(redisStore(client([policy('noeviction')])))).toEqual([]);
  });

  it.each([
    ['allkeys-lru', policy('allkeys-lru')],
    ['volatile-ttl', policy('volatile-ttl')],
    ['unknown', '# Memory\r\nused_memory:1\r\n'],
    ['unknown', 'not_maxmemory_policy:noeviction'],
  ])('say the policy %s and the remedy', async (name, report) => {
    const [warning, ...more] = await said(redisStore(client([report])));
    const what = name.startsWith('volatile-')
      ? 'locks and sessions'
      : 'locks, sessions and what users have bound, so that a password is enough';
    expect(warning).toBe(
      `The maxmemory-policy of Redis is ${name}, under which it may drop ${what}: set it to noeviction.`,
    );
    expect(more).toEqual([]);
  });

  it('say each policy of a cluster once, of the servers that take writes', async () => {
    const masters = ['noeviction', 'allkeys-lru', 'allkeys-lru', 'volatile-lru'];
    const asked: unknown[] = [];
    const nodes = (role: unknown) => {
      asked.push(role);
      return masters.map((name) => ({ info: async () => policy(name) }));
    };
    const warnings = await said(redisStore(client([policy('noeviction')], { nodes })));
    expect(warnings).toHaveLength(2);
    expect(asked).toEqual(['master']);
  });

  it('say that the policy is unknown where a client cannot ask', async () => {
    const bare = { status: 'ready', evalsha: never, eval: never, hmget: never };
    expect(await said(redisStore(bare))).toEqual([expect.stringContaining('is unknown')]);
    expect(await redisStore(bare).warnings(() => 0)).toMatchObject([{ reason: 'store' }]);
  });

  it('are those of the store that a signed one is made over', async () => {
    const keyring = createKeyring([randomBytes(32)]);
    const store = signedStore(redisStore(client([policy('allkeys-lru')])), keyring, () => {});
    expect(await said(store)).toEqual([expect.stringContaining('is allkeys-lru')]);
  });

  it('are those of the volatile half of a split store', async () => {
    const store = splitStore(hostTable(), redisStore(client([policy('allkeys-lru')])));
    expect(await said(store)).toEqual([expect.stringContaining('allkeys-lru')]);
  });
});

describe('the warning about the clock of a server', () => {
  /** What is said of clocks, by a process that reads these moments of its own before and after. */
  async function reasons(clocks: readonly unknown[], before = 100_000, after = before) {
    const own = [before, after];
    const servers = clocks.map((seconds) => ({
      info: async () => policy('noeviction'),
      time: async () => (seconds === undefined ? [] : [seconds, '999999']),
    }));
    const store = redisStore(client([policy('noeviction')], { nodes: () => servers }));
    const warnings = await store.warnings(() => own.shift() ?? 0);
    for (const { message } of warnings) expect(message).toMatch(/5 s apart.*NTP/s);
    return warnings.map(({ reason }) => reason);
  }

  it('comes once, when one of them is more than 5 s away', async () => {
    expect(await reasons(['100', '95', '105'])).toEqual([]);
    expect(await reasons(['100', '94', '106'])).toEqual(['clock']);
    expect(await reasons([94])).toEqual(['clock']);
    expect(await reasons([106])).toEqual(['clock']);
  });

  it('counts from before it was asked to after it answered', async () => {
    expect(await reasons(['95', '115'], 100_000, 110_000)).toEqual([]);
    expect(await reasons(['94'], 100_000, 110_000)).toEqual(['clock']);
    expect(await reasons(['116'], 100_000, 110_000)).toEqual(['clock']);
  });

  it('is said of none that does not tell its time', async () => {
    expect(await reasons([undefined])).toEqual([]);
  });
});

describe('unavailable', () => {
  it('keeps Redis’s error word and the class of the cause, and nothing else of it', () => {
    const cause = Object.assign(new Error('WRONGTYPE of secret-1'), { args: ['secret-1'] });
    const error = unavailable('refused a command', cause);
    expect(error).toMatchObject({ code: 'store_unavailable', cause: { message: 'WRONGTYPE' } });
    expect((error.cause as Error).name).toBe('Error');
    expect(JSON.stringify([error.message, error.cause])).not.toContain('secret');
  });

  it('keeps no word that may be part of a value, and no class that is no name', () => {
    const cause = new Error('secret words');
    for (const name of ['secret name 7', '7 secret', '']) {
      cause.name = name;
      expect(unavailable('x', cause).cause).toMatchObject({
        name: 'Error',
        message: 'no error word',
      });
    }
    for (const message of ['A one', 'SECRET1 x', 'x READONLY', `${'A'.repeat(33)} x`])
      expect(unavailable('x', new Error(message)).cause).toMatchObject({
        message: 'no error word',
      });
  });

  it('has no cause where nothing was thrown, or no error', () => {
    for (const cause of [undefined, 'secret', { message: 'READONLY' }])
      expect(unavailable('x', cause).cause).toBeUndefined();
  });
});
