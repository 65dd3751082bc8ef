/** Puts a consumed challenge back in its slot; the count of its wrong answers never left. A newer one would have cleared it away. */
export const RESTORE = `
local value = redis.call('HGET', CHALLENGES, taken_of(args.slot))
if head(value).id ~= args.id then return end
redis.call('HSET', CHALLENGES, args.slot, value)
redis.call('HDEL', CHALLENGES, taken_of(args.slot))
`;
