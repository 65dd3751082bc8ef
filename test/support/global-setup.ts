import type { GlobalConfig } from 'jest';

import { findRedisBinary } from './redis-binary.ts';
import { startCluster } from './redis-cluster.ts';
import { redisProxy } from './redis-proxy.ts';
import type { RedisServer } from './redis-server.ts';
import { startServer } from './redis-server.ts';
import { remember, stopAll } from './redis-shared.ts';
import { DELAY, VARIABLES } from './redis-variables.ts';

/** Starts the Redis servers that all suites share; jest calls it once a run. */
export default async function globalSetup({
  rootDir,
}: Pick<GlobalConfig, 'rootDir'>): Promise<void> {
  for (const name of Object.values(VARIABLES)) delete process.env[name];
  const binary =
    process.env['MFA_TEST_REDIS'] === 'off' ? undefined : await findRedisBinary(rootDir);
  if (binary === undefined) return missing();
  try {
    const [single, cluster] = await both(
      startServer(binary).then((server) => remember([server])),
      startCluster(binary).then(remember),
    );
    process.env[VARIABLES.port] = await delayed(ports(single));
    process.env[VARIABLES.clusterPorts] = ports(cluster);
    process.env[VARIABLES.binary] = binary.file;
    process.env[VARIABLES.libraryPath] = binary.libraryPath;
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** The port of a link to the server that takes as long for each command as `DELAY` says, if it does. */
async function delayed(port: string): Promise<string> {
  const delayMs = Number(process.env[DELAY] ?? 0);
  if (!(delayMs > 0)) return port;
  const proxy = await redisProxy(Number(port));
  proxy.delayMs = delayMs;
  remember([{ stop: () => proxy.close() }]);
  return String(proxy.port);
}

/** Like `Promise.all`, but a failure waits for the other start too, so that there is something to stop. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

function ports(servers: readonly RedisServer[]): string {
  return servers.map((server) => server.port).join(',');
}

function missing(): void {
  const hint =
    process.platform === 'darwin'
      ? 'brew install redis'
      : 'install redis-server, or set REDIS_SERVER_BIN';
  if (process.env['CI'] === 'true' || process.env['MFA_REQUIRE_REDIS'] === '1') {
    throw new Error(`No redis-server was found and this run requires one: ${hint}.`);
  }
  process.stderr.write(`\n*** NO REDIS: every suite that needs it is SKIPPED (${hint}) ***\n\n`);
}
