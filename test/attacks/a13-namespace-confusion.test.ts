import { Redis } from 'ioredis';

import { userTag } from '../../lib/crypto/user-tag.ts';
import { describeWithRedis, startRedis } from '../support/redis-harness.ts';
import type { RedisServer } from '../support/redis-harness.ts';
import { monitorRedis } from '../support/redis-monitor.ts';
import type { RedisMonitor } from '../support/redis-monitor.ts';
import { answer, guardOf, pendingByMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf } from './visitor.ts';

describeWithRedis('[A13] a challenge id that names another key', () => {
  const processes = twoProcesses();
  const clients: Redis[] = [];
  const servers: RedisServer[] = [];
  const monitors: RedisMonitor[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    for (const monitor of monitors.splice(0)) monitor.close();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it('never becomes part of a Redis command, and is refused as an unknown one is [STO-8]', async () => {
    const server = await startRedis();
    servers.push(server);
    const site = await processes.site({ redisPort: server.port });
    const { user, visitor, id, code } = await pendingByMail(site);
    const marker = 'namespace-probe';
    const base = `${site.prefix}mfa:{${userTag(user.id)}}:`;
    const ids = [
      `${base}enrollment#${marker}`,
      `${base}challenges ${marker}`,
      `${site.prefix}sess:${marker}`,
      `*${marker}*`,
      `../${marker}`,
      `{${marker}}`,
      `${id}/../${marker}`,
      `${marker}\r\nFLUSHALL\r\n`,
      `${marker}\0`,
      `${marker}${'x'.repeat(200)}`,
    ];
    const redis = new Redis(site.redisPort, '127.0.0.1');
    clients.push(redis);
    const monitor = await monitorRedis(site.redisPort);
    monitors.push(monitor);
    const unknown = await answer(visitor, 'y'.repeat(43), code);
    for (const challengeId of ids) {
      const refused = await answer(visitor, challengeId, code);
      expect(looksOf(refused)).toEqual(looksOf(unknown));
      // The same text where an authenticator or a factor is named.
      const opening = { factor: marker, authenticatorId: challengeId.slice(0, 64) };
      expect((await visitor.post('/v1/account/mfa/challenges', opening)).status).toBe(400);
    }
    const huge = await answer(visitor, `${marker}${'x'.repeat(10_000)}`, code);
    expect(huge.status).toBe(413);
    for (const odd of [[`${marker}`], { $ne: marker }, null, 7, true]) {
      const body = { challengeId: odd, otp: code };
      expect((await visitor.put('/v1/account/mfa/challenges', body)).status).toBe(400);
    }
    await redis.set(`${site.prefix}end-of-probe`, marker, 'PX', 60_000);
    await monitor.until('end-of-probe');
    const commands = monitor.lines.filter((line) => line.includes(marker));
    expect(commands.map((line) => line.slice(0, 300))).toEqual([
      expect.stringContaining('end-of-probe'),
    ]);
    expect(await guardOf(visitor)).toBe(401);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });
});
