import { Redis } from 'ioredis';

import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import { redisProxy } from '../support/redis-proxy.ts';
import { foundAgain, linkedSites } from './broken-link.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  guardOf,
  proveTotp,
  signedIn,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { SiteSettings } from './two-processes.ts';
import type { Visitor } from './visitor.ts';

describeWithRedis('[A53] a failover that loses the last writes', () => {
  const linked = linkedSites(twoProcesses());
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function server(masterPort?: number) {
    const of = masterPort === undefined ? [] : ['--replicaof', '127.0.0.1', `${masterPort}`];
    const { port, stop } = await startRedis({ args: ['--repl-diskless-sync-delay', '0', ...of] });
    const redis = new Redis(port, { retryStrategy: () => null });
    redis.on('error', () => undefined);
    ends.push(stop, () => redis.status === 'ready' && redis.disconnect());
    return { port, redis, stop };
  }

  async function hasReplica(redis: Redis): Promise<void> {
    while (!(await redis.info('replication')).includes('state=online')) await redis.ping();
    await redis.set('written', 'once');
    await redis.wait(1, 10_000);
  }

  /** A site on a master, with a replica that can be cut off and then promoted. */
  async function onMasterAndReplica(settings: SiteSettings) {
    const master = await server();
    const replication = await redisProxy(master.port);
    ends.push(() => replication.close());
    const replica = await server(replication.port);
    await hasReplica(master.redis);

    const { site, link } = await linked(settings, master.port);
    const { user, secret, owner } = await userWithTotp(site);
    const made = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
    const [saved = ''] = made.body.recoveryCodes as readonly string[];
    await master.redis.wait(1, 10_000);

    return {
      site,
      user,
      secret,
      saved,
      signedIn: () => signedIn(site, user),
      replicated: () => hasReplica(master.redis),
      /** From now on the replica hears nothing any more, and nobody has noticed yet. */
      partition: () => replication.stall(),
      async failOver() {
        await master.stop();
        await replica.redis.replicaof('NO', 'ONE');
        await server(replica.port);
        await hasReplica(replica.redis);
        link.to = replica.port;
        link.break();
        link.heal();
        await foundAgain(owner);
      },
    };
  }

  const tryCode = async (visitor: Visitor, factor: string, code: string): Promise<number> =>
    (await answer(visitor, await challenge(visitor, factor), code)).status;

  it('brings no code back where the host’s database keeps the enrollments [AVL-5] [STO-10] [REP-5]', async () => {
    const { site, secret, saved, ...story } = await onMasterAndReplica({ split: true });
    story.partition();
    const first = await story.signedIn();
    const code = appCode(site, secret);
    expect(await tryCode(first, 'totp', code)).toBe(200);
    expect(await tryCode(first, 'recoveryCode', saved)).toBe(200);
    await story.failOver();

    const thief = await story.signedIn();
    expect(await tryCode(thief, 'totp', code)).toBe(401);
    expect(await tryCode(thief, 'recoveryCode', saved)).toBe(401);
    expect(await guardOf(thief)).toBe(401);
  });

  it('leaves a session that was ended for good a minute at most where the host’s database keeps the enrollments [STO-10] [SES-4]', async () => {
    const { site, user, secret, ...story } = await onMasterAndReplica({ split: true });
    const thief = await story.signedIn();
    await proveTotp(site, thief, secret);
    await story.replicated();
    story.partition();
    await site.forget(user.id);
    expect(await guardOf(thief)).toBe(401);
    await story.failOver();

    expect(await guardOf(thief)).toBe(200);
    await site.forward(60_000);
    for (let request = 0; request < 3; request += 1) expect(await guardOf(thief)).toBe(401);
  });

  it('brings no code back that was granted after a replica had it, and grants none before [AVL-5] [AVL-4]', async () => {
    const settings = { replicas: { count: 1, timeoutMs: 2_000 }, timeoutMs: 5_000 };
    const { site, secret, saved, ...story } = await onMasterAndReplica(settings);
    const [first, second] = [await story.signedIn(), await story.signedIn()];
    const code = appCode(site, secret);
    expect(await tryCode(first, 'totp', code)).toBe(200);
    const id = await challenge(second, 'recoveryCode');
    story.partition();
    expected(await answer(second, id, saved), 503);
    expect(await guardOf(second)).toBe(401);
    expect(await site.count('challenge_completed')).toBe(2);
    await story.failOver();

    const thief = await story.signedIn();
    expect(await tryCode(thief, 'totp', code)).toBe(401);
    expect(await guardOf(thief)).toBe(401);
    // Nobody was let in by this one yet, so it is good: once in all.
    const owner = await story.signedIn();
    await tryCode(owner, 'recoveryCode', saved);
    expect(await tryCode(owner, 'recoveryCode', saved)).toBe(401);
  });
});
