/** All that the sessions hash holds; in a script, because a Cluster client may read plain commands from a replica. */
export const SESSIONS = `
return redis.call('HGETALL', SESSIONS)
`;
