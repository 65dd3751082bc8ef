/** The keys of one user, in the order in which every script knows them. */
export type Keys = readonly [
  enrollment: string,
  sessions: string,
  challenges: string,
  budgets: string,
];

/** One hash tag a user, so that one script may touch them all in a Cluster. The tag is a digest: no user id can break it. */
export function keysOf(prefix: string, tag: string): Keys {
  const base = `${prefix}{${tag}}:`;
  return [`${base}enrollment`, `${base}sessions`, `${base}challenges`, `${base}budgets`];
}
