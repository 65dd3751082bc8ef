import type { StoreWarning } from '../../core/ports.ts';
import type { Report } from './connection.ts';

/**
 * What is wrong with these servers' eviction policies. Under any but `noeviction` whoever fills the
 * memory makes locks vanish; `INFO` tells the policy even where `CONFIG` is forbidden.
 */
export function evictionWarnings(servers: readonly Report[]): readonly StoreWarning[] {
  const policies = servers.map(({ memory }) => /^maxmemory_policy:(\S+)/m.exec(memory)?.[1]);
  return [...new Set(policies)]
    .filter((policy) => policy !== 'noeviction')
    .map((policy) => ({
      reason: 'store',
      message:
        `The maxmemory-policy of Redis is ${policy ?? 'unknown'}, under which it may drop ` +
        `${dropped(policy)}: set it to noeviction.`,
    }));
}

/** What has no time to live is safe from the `volatile` policies, and nothing is from the others. */
function dropped(policy: string | undefined): string {
  return policy?.startsWith('volatile-')
    ? 'locks and sessions'
    : 'locks, sessions and what users have bound, so that a password is enough';
}
