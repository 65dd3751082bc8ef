import { once } from 'node:events';

import { Redis } from 'ioredis';

import {
  clusterPorts,
  describeWithRedis,
  redisPort,
  startRedis,
  uniquePrefix,
} from '../support/redis-harness.ts';

describeWithRedis('the Redis of the tests', () => {
  it('is one server', async () => {
    const client = new Redis(redisPort());
    expect(await client.set(`${uniquePrefix()}a`, '1', 'PX', 1_000)).toBe('OK');
    client.disconnect();
  });

  it('is a cluster of three masters, all slots served', async () => {
    const cluster = new Redis.Cluster(clusterPorts().map((port) => ({ host: '127.0.0.1', port })));
    const prefix = uniquePrefix();
    const writes = Array.from({ length: 30 }, (_, i) =>
      cluster.set(`${prefix}${i}`, '1', 'PX', 1_000),
    );
    expect(new Set(await Promise.all(writes))).toEqual(new Set(['OK']));
    expect(cluster.nodes('master')).toHaveLength(3);
    cluster.disconnect();
  });

  it("is a server of a suite's own, that can be frozen, killed and started again", async () => {
    const server = await startRedis({ args: ['--maxmemory', '2mb'] });
    const client = new Redis(server.port, { retryStrategy: () => null });
    const impatient = new Redis(server.port, { commandTimeout: 1_000, retryStrategy: () => null });
    for (const one of [client, impatient]) one.on('error', () => undefined);
    await once(impatient, 'ready');
    expect(await client.config('GET', 'maxmemory')).toEqual(['maxmemory', '2097152']);

    server.pause();
    await expect(impatient.ping()).rejects.toThrow('timed out');
    server.resume();
    expect(await client.ping()).toBe('PONG');

    await server.stop();
    await expect(client.ping()).rejects.toThrow();
    const again = await startRedis({ port: server.port });
    await client.connect();
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
    await again.stop();
  });

  it('gives each suite keys of its own', () => {
    expect(uniquePrefix()).not.toBe(uniquePrefix());
  });
});
