/**
 * What is wrong with these servers' eviction policies. Under any but `noeviction` whoever fills the
 * memory makes locks vanish; `INFO` tells the policy even where `CONFIG` is forbidden.
 */
export function evictionWarnings(reports: readonly string[]): readonly string[] {
  const policies = reports.map((text) => /^maxmemory_policy:(\S+)/m.exec(text)?.[1]);
  return [...new Set(policies)]
    .filter((policy) => policy !== 'noeviction')
    .map(
      (policy) =>
        `The maxmemory-policy of Redis is ${policy ?? 'unknown'}, under which it may drop locks and ` +
        'sessions: set it to noeviction.',
    );
}
