const RECALLED = `
local prefix = args.id .. '/'
local challenges = {}
local fields = redis.call('HGETALL', CHALLENGES)
for i = 1, #fields, 2 do
  if starts(fields[i], prefix) and not string.find(fields[i], '#', 1, true) then
    table.insert(challenges, fields[i + 1])
  end
end
local recalled = {
  redis.call('HGET', SESSIONS, 'record:' .. args.id),
  redis.call('HGET', SESSIONS, 'seen:' .. args.id),
  challenges,
  redis.call('HGETALL', BUDGETS),
}
`;

/** What is known of a session and of its user's budgets. The secret is compared by the caller, in constant time. */
export const RECALL = `${RECALLED}
return recalled
`;

/** The same, and the enrollment, of one moment. */
export const LOAD = `${RECALLED}
return { redis.call('HGET', ENROLLMENT, 'document'), recalled }
`;
