import { setTimeout as delay } from 'node:timers/promises';

import { redisPort } from '../support/redis-harness.ts';
import { redisProxy } from '../support/redis-proxy.ts';
import type { RedisProxy } from '../support/redis-proxy.ts';
import { guardOf } from './story.ts';
import type { Site, SiteSettings, twoProcesses } from './two-processes.ts';
import type { Visitor } from './visitor.ts';

/** A site whose store is reached over a link that can be broken; the host's sessions are not. */
export interface LinkedSite {
  readonly site: Site;
  readonly link: RedisProxy;
}

/** Makes such sites, and closes their links after each test. */
export function linkedSites(processes: ReturnType<typeof twoProcesses>) {
  const links: RedisProxy[] = [];
  afterEach(() => Promise.all(links.splice(0).map((link) => link.close())));
  return async (settings: SiteSettings = {}, to = redisPort()): Promise<LinkedSite> => {
    const link = await redisProxy(to);
    links.push(link);
    return { link, site: await processes.site({ ...settings, storePort: link.port }) };
  };
}

/** Resolves when both processes have found Redis again by themselves. */
export async function foundAgain(visitor: Visitor): Promise<void> {
  for (let inARow = 0; inARow < 2; inARow += 1) {
    if ((await guardOf(visitor)) !== 503) continue;
    inARow = -1;
    await delay(20);
  }
}
