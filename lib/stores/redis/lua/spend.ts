/**
 * Takes one from a shared budget: a sorted set of who took one and when. Whether there is one left
 * and the taking are one step, so no burst overdraws it.
 */
export const SPEND = `
local args = cjson.decode(ARGV[1])
local key = KEYS[1]

local function text(number)
  return string.format('%.0f', number)
end

local reach = 0
for _, window in ipairs(args.windows) do reach = math.max(reach, window.windowMs) end
redis.call('ZREMRANGEBYSCORE', key, '-inf', text(args.now - reach))
if redis.call('ZSCORE', key, args.id) then return { 'spent' } end

local until_ = 0
for _, window in ipairs(args.windows) do
  local since = '(' .. text(args.now - window.windowMs)
  local count = redis.call('ZCOUNT', key, since, '+inf')
  if count >= window.limit then
    local leaving = redis.call('ZRANGEBYSCORE', key, since, '+inf', 'WITHSCORES', 'LIMIT', count - window.limit, 1)
    until_ = math.max(until_, (tonumber(leaving[2]) or args.now) + window.windowMs)
  end
end
if until_ > 0 then return { 'exhausted', text(until_) } end

redis.call('ZADD', key, text(args.now), args.id)
redis.call('PEXPIRE', key, text(math.max(reach, 1)))
return { 'spent' }
`;

/** Gives one back. */
export const REFUND = `
redis.call('ZREM', KEYS[1], cjson.decode(ARGV[1]).id)
return 1
`;

/** Counts what was taken after a moment. */
export const TALLY = `
return redis.call('ZCOUNT', KEYS[1], '(' .. string.format('%.0f', cjson.decode(ARGV[1]).since), '+inf')
`;
