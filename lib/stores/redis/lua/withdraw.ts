/** Takes a challenge back, and the wait for its message with it (see `afterWithdrawal`). */
export const WITHDRAW = `
if head(redis.call('HGET', CHALLENGES, args.slot)).id ~= args.id then return end
local before = before_of(args.slot)
local old = redis.call('HGET', CHALLENGES, before)
if old then
  redis.call('HSET', CHALLENGES, args.slot, old, wrong_of(args.slot), text(number(CHALLENGES, wrong_of(before))))
  redis.call('HDEL', CHALLENGES, before, wrong_of(before))
else
  redis.call('HDEL', CHALLENGES, args.slot, wrong_of(args.slot))
end
-- What made room for it has its own back; a newer one there would have cleared it away.
local tail = out_of('', args.id)
for _, out in ipairs(redis.call('HKEYS', CHALLENGES)) do
  if string.sub(out, -#tail) == tail then
    local slot, wrong = string.sub(out, 1, -#tail - 1), number(CHALLENGES, wrong_of(out))
    redis.call('HSET', CHALLENGES, slot, redis.call('HGET', CHALLENGES, out), wrong_of(slot), text(wrong))
    redis.call('HDEL', CHALLENGES, out, wrong_of(out))
  end
end
local sends = number(BUDGETS, 'sends:' .. args.place)
if sends > 0 then
  redis.call('HSET', BUDGETS, 'sends:' .. args.place, text(sends - 1), 'rest:' .. args.place, text(args.createdAt))
  keep(BUDGETS, BUDGETS_MS)
end
`;
