/** Deletes every key of a user. */
export const ERASE = `
redis.call('DEL', ENROLLMENT, SESSIONS, CHALLENGES, BUDGETS)
`;

/** Deletes what is counted of a user, and nothing else. */
export const FORGIVE = `
redis.call('DEL', BUDGETS)
`;
