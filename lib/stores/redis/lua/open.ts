/** Puts a challenge in its slot, spaces out sends, and clears away what expired. */
export const OPEN = `
if secret_of(args.session) ~= args.secret then return { 'ended' } end
local locked = number(BUDGETS, 'until:' .. args.counter)
local sending = args.sending
local rest = sending and number(BUDGETS, 'rest:' .. args.place) or 0
if locked > args.now then return { 'locked', text(math.max(locked, rest)) } end

if sending then
  if rest > args.now then return { 'cooling', text(rest) } end
  local count = 1
  if rest + args.memoryMs > args.now then
    count = number(BUDGETS, 'sends:' .. args.place) + 1
  end
  local wait = sending.coolDownMs[math.min(count, #sending.coolDownMs)] or 0
  redis.call('HSET', BUDGETS, 'sends:' .. args.place, text(count), 'rest:' .. args.place, text(args.now + wait))
  keep(BUDGETS, BUDGETS_MS)
end

-- What it replaces is kept beside it, in case it is withdrawn.
local before = before_of(args.slot)
local old = redis.call('HGET', CHALLENGES, args.slot)
local old_wrong = number(CHALLENGES, wrong_of(args.slot))
redis.call('HSET', CHALLENGES, args.slot, args.challenge)
if old then
  redis.call('HSET', CHALLENGES, before, old, wrong_of(before), text(old_wrong))
else
  redis.call('HDEL', CHALLENGES, before, wrong_of(before))
end
redis.call('HDEL', CHALLENGES, wrong_of(args.slot), taken_of(args.slot))
keep(CHALLENGES, args.expiresAt - args.now)

-- Of strangers' sessions those of strangers make room, of the others the others.
local function of_strangers(session)
  local record = redis.call('HGET', SESSIONS, 'record:' .. session)
  return record and is_strangers(record)
end
local strangers = of_strangers(args.session)
local sent = {}
local fields = redis.call('HGETALL', CHALLENGES)
for i = 1, #fields, 2 do
  local field = fields[i]
  if not string.find(field, '#wrong', 1, true) then
    local slot = string.match(field, '^(.*)#taken$') or field
    local challenge = head(fields[i + 1])
    if challenge.expires_at <= args.now or starts(field, out_of(args.slot, '')) then
      redis.call('HDEL', CHALLENGES, field, wrong_of(slot))
    elseif sending and challenge.expects ~= '-' and challenge.id ~= args.id
      and not string.find(field, '#', 1, true)
      and of_strangers(string.match(field, '^[^/]*')) == strangers
    then
      table.insert(sent, { slot = field, value = fields[i + 1], expires_at = challenge.expires_at, id = challenge.id })
    end
  end
end
if sending then
  table.sort(sent, function(a, b)
    if a.expires_at ~= b.expires_at then return a.expires_at < b.expires_at end
    return a.id < b.id
  end)
  for i = 1, #sent + 1 - sending.live do
    local slot, out = sent[i].slot, out_of(sent[i].slot, args.id)
    local wrong = number(CHALLENGES, wrong_of(slot))
    redis.call('HSET', CHALLENGES, out, sent[i].value, wrong_of(out), text(wrong))
    redis.call('HDEL', CHALLENGES, slot, wrong_of(slot))
  end
end
return { 'opened' }
`;
