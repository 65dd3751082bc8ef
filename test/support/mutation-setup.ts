import type { GlobalConfig } from 'jest';

import globalSetup from './global-setup.ts';

const worker = globalThis as { expressMfaMutationSetup?: Promise<void> };

/**
 * One set of servers a worker, kept for all its runs; each run of one mutant would start its own
 * otherwise. They end with the worker's process.
 */
export default async function mutationSetup(config: GlobalConfig): Promise<void> {
  worker.expressMfaMutationSetup ??= globalSetup(config);
  await worker.expressMfaMutationSetup;
}
