/** Deletes every key of a user. */
export const ERASE = `
redis.call('DEL', ENROLLMENT, SESSIONS, CHALLENGES, BUDGETS)
`;
