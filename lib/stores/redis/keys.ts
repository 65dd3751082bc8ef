/** The keys of one user, in the order in which every script knows them. */
export type Keys = readonly [
  enrollment: string,
  sessions: string,
  challenges: string,
  budgets: string,
];

/** The key of a shared budget: in a Cluster each has a slot of its own. Names are digests, never what a client sent. */
export function budgetKey(prefix: string, name: string): string {
  return `${prefix}{budget:${name}}`;
}

/** One hash tag a user, so that one script may touch them all in a Cluster. The tag is a digest: no user id can break it. */
export function keysOf(prefix: string, tag: string): Keys {
  const base = `${prefix}{${tag}}:`;
  return [`${base}enrollment`, `${base}sessions`, `${base}challenges`, `${base}budgets`];
}
