/** Puts a challenge in its slot, spaces out sends, and clears away what expired. */
export const OPEN = `
if secret_of(args.session) ~= args.secret then return { 'ended' } end
local locked = number(BUDGETS, 'until:' .. args.factor)
if locked > args.now then return { 'locked', text(locked) } end

if args.coolDownMs then
  local rest = number(BUDGETS, 'rest:' .. args.place)
  if rest > args.now then return { 'cooling', text(rest) } end
  local count = 1
  if rest + args.memoryMs > args.now then
    count = number(BUDGETS, 'sends:' .. args.place) + 1
  end
  local wait = args.coolDownMs[math.min(count, #args.coolDownMs)] or 0
  redis.call('HSET', BUDGETS, 'sends:' .. args.place, text(count), 'rest:' .. args.place, text(args.now + wait))
  keep(BUDGETS, BUDGETS_MS)
end

redis.call('HSET', CHALLENGES, args.slot, args.challenge)
redis.call('HDEL', CHALLENGES, wrong_of(args.slot), taken_of(args.slot))
keep(CHALLENGES, args.expiresAt - args.now)

local fields = redis.call('HGETALL', CHALLENGES)
for i = 1, #fields, 2 do
  local field = fields[i]
  if not string.find(field, '#wrong', 1, true) then
    local slot = string.match(field, '^(.*)#taken$') or field
    if head(fields[i + 1]).expires_at <= args.now then
      redis.call('HDEL', CHALLENGES, field, wrong_of(slot))
    end
  end
end
return { 'opened' }
`;
