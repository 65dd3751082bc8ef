import { setTimeout as delay } from 'node:timers/promises';

import { Redis } from 'ioredis';

import { describeWithRedis, startRedis, startRedisCluster } from '../support/redis-harness.ts';
import type { RedisServer } from '../support/redis-harness.ts';
import { foundAgain, linkedSites } from './broken-link.ts';
import { answer, appCode, challenge, guardOf, proveTotp, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

describeWithRedis('[A55] Redis that answers and does not do its work', () => {
  const processes = twoProcesses();
  const linked = linkedSites(processes);
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.port);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  /** A user who is in, and the same user elsewhere before an open challenge. */
  async function story(site: Site) {
    const { user, secret, owner } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'totp');
    const prove = () => answer(visitor, id, appCode(site, secret));
    return { user, secret, owner, visitor, prove };
  }

  it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    ['OOM', () => redis.config('SET', 'maxmemory', '1'), () => redis.config('SET', 'maxmemory', 0)],
    ['READONLY', () => redis.replicaof('127.0.0.1', 1), () => redis.replicaof('NO', 'ONE')],
  ])(
    'does not compare what it cannot count: %s refuses the right code, which is good afterwards, once [AVL-2] [AVL-3]',
    async (_word, breaks, heals) => {
      const { site } = await linked({}, server.port);
      const { owner, visitor, prove, user } = await story(site);
      await breaks();
      try {
        for (let i = 0; i < 10; i += 1) expect((await prove()).status).toBe(503);
        const { email, password } = user;
        const again = site.visitor().post('/v1/account/sessions/email', { email, password });
        expect((await again).status).toBe(503);
        expect((await owner.post('/v1/account/mfa/recovery-codes')).status).toBe(503);
        expect([await guardOf(visitor), await guardOf(owner)]).toEqual([401, 200]);
      } finally {
        await heals();
      }
      expect((await prove()).status).toBe(200);
      expect((await prove()).status).toBe(401);
      expect(await guardOf(visitor)).toBe(200);
    },
  );

  it('sends its scripts anew when Redis has forgotten them, and settles once all the same [AVL-2]', async () => {
    const { site } = await linked({}, server.port);
    const { visitor, prove } = await story(site);
    await redis.script('FLUSH');
    const all = await Promise.all(Array.from({ length: 6 }, () => prove()));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(await guardOf(visitor)).toBe(200);
    expect(await site.count('fault')).toBe(0);
  });

  it.each([
    '-LOADING Redis is loading the dataset in memory',
    '-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to no.',
    '-CLUSTERDOWN The cluster is down',
    '-NOAUTH Authentication required.',
    '-NOPERM this user has no permissions to run this command',
    '-BUSY Redis is busy running a script.',
    '-MISCONF Errors writing to the AOF file: No space left on device',
    '-ERR unknown command',
    '+OK',
    '$-1',
    ':1',
    '*0',
  ])('opens nothing by the reply %j, and is there again after it [AVL-2]', async (reply) => {
    const { site, link } = await linked({}, server.port);
    const { owner, visitor, prove } = await story(site);
    link.answer = reply;
    for (const ask of [
      prove,
      () => owner.get('/reports'),
      () => visitor.get('/reports'),
      () => owner.get('/v1/account'),
      () => visitor.post('/v1/account/mfa/challenges', { factor: 'totp' }),
      () => owner.patch('/v1/account/mfa', { mfa: false }),
    ]) {
      expect((await ask()).status).toBe(503);
    }
    expect(await site.count('fault')).toBe(6);
    link.answer = undefined;
    expect([await guardOf(visitor), await guardOf(owner)]).toEqual([401, 200]);
    expect((await prove()).status).toBe(200);
  });

  it('opens nothing while Redis wants a password that nobody has, and is there again after it [AVL-2]', async () => {
    const { site } = await linked({}, server.port);
    const { owner, visitor, prove } = await story(site);
    await redis.config('SET', 'requirepass', 'another');
    try {
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      expect([(await prove()).status, await guardOf(owner)]).toEqual([503, 503]);
    } finally {
      await redis.config('SET', 'requirepass', '');
    }
    await foundAgain(owner);
    expect([await guardOf(visitor), await guardOf(owner)]).toEqual([401, 200]);
    expect((await prove()).status).toBe(200);
  });

  describe('in a Cluster that lost a master', () => {
    let nodes: readonly RedisServer[] = [];
    beforeAll(async () => {
      nodes = await startRedisCluster(['--cluster-node-timeout', '1000']);
    });
    afterAll(() => Promise.all(nodes.map((node) => node.stop())));

    it('opens nothing, also where the masters of a user’s keys are there, and recovers by itself [AVL-1] [AVL-2]', async () => {
      const [alive, other, lost] = nodes;
      if (!alive || !other || !lost) throw new Error('The cluster has three masters.');
      const site = await processes.site({ storePort: alive.port, cluster: true });
      // So many that each master has some.
      const stories: Awaited<ReturnType<typeof story>>[] = [];
      while (stories.length < 8) stories.push(await story(site));
      const admins = nodes.map(({ port }) => new Redis(port));
      const [ofAlive, ofOther] = admins as [Redis, Redis];
      lost.pause();
      try {
        await allSay('fail', [ofAlive, ofOther]);
        const asked = stories.flatMap(({ prove, owner }) => [prove(), owner.get('/reports')]);
        const all = await Promise.all(asked);
        expect(new Set(all.map(({ status }) => status))).toEqual(new Set([503]));
      } finally {
        lost.resume();
      }
      await allSay('ok', admins);
      for (const admin of admins) admin.disconnect();
      for (const { owner, visitor, user, secret } of stories) {
        await foundAgain(owner);
        expect([await guardOf(visitor), await guardOf(owner)]).toEqual([401, 200]);
        await site.forward(30_000);
        await proveTotp(site, await signedIn(site, user), secret);
      }
    });
  });
});

/** Resolves once each of these nodes by itself says so of the cluster: they do not learn it at one moment. */
async function allSay(state: 'fail' | 'ok', nodes: readonly Redis[]): Promise<void> {
  for (const node of nodes) {
    while (!(await node.cluster('INFO')).includes(`cluster_state:${state}`)) await delay(20);
  }
}
