import { randomUUID } from 'node:crypto';

import { startCluster } from './redis-cluster.ts';
import type { RedisOptions, RedisServer } from './redis-server.ts';
import { startServer } from './redis-server.ts';
import { VARIABLES } from './redis-variables.ts';

export type { RedisOptions, RedisServer };

/** Whether this run has a Redis; without one, suites that need it are skipped. */
export const hasRedis = process.env[VARIABLES.port] !== undefined;

/** `describe`, or `describe.skip` when this run has no Redis. */
export const describeWithRedis: jest.Describe = hasRedis ? describe : describe.skip;

/** The port of the standalone server that all suites share. */
export function redisPort(): number {
  return Number(variable(VARIABLES.port));
}

/** The ports of the three masters of the cluster that all suites share. */
export function clusterPorts(): readonly number[] {
  return variable(VARIABLES.clusterPorts).split(',').map(Number);
}

/** A key prefix that no other suite has, so that nobody needs to flush the shared servers. */
export function uniquePrefix(): string {
  return `t-${randomUUID()}:`;
}

/** Starts a server of the suite's own, to be killed, paused or filled; `stop()` it in `afterAll`. */
export function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const libraryPath = process.env[VARIABLES.libraryPath] ?? '';
  return startServer({ file: variable(VARIABLES.binary), libraryPath }, options);
}

/** Starts a cluster of the suite's own, of three masters; stop each of them in the end. */
export function startRedisCluster(args: readonly string[]): Promise<readonly RedisServer[]> {
  const libraryPath = process.env[VARIABLES.libraryPath] ?? '';
  return startCluster({ file: variable(VARIABLES.binary), libraryPath }, args);
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error('This run has no Redis: use describeWithRedis.');
  return value;
}
