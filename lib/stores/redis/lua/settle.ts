/** Decides an answer. */
export const SETTLE = `
local own = args.counters[1]
local locked = number(BUDGETS, 'until:' .. own)
if locked > args.now then return { 'locked', text(locked) } end

local value = redis.call('HGET', CHALLENGES, args.slot)
local challenge = head(value)
local change = args.change
if secret_of(args.session) ~= args.secret
  or not value or not starts(value, args.head)
  or challenge.expires_at <= args.now
  or change and not can_move(change.move)
then
  return { 'expired' }
end
if change and number(ENROLLMENT, 'version') ~= change.version - 1 then return { 'stale' } end

-- Counted before anything is compared: what cannot be counted (out of memory, read-only) ends
-- here as an error, and nobody learns whether the answer was right.
local failures
for i, counter in ipairs(args.counters) do
  local count = redis.call('HINCRBY', BUDGETS, 'failures:' .. counter, 1)
  if i == 1 then failures = count end
end
keep(BUDGETS, BUDGETS_MS)
local wrong = redis.call('HINCRBY', CHALLENGES, wrong_of(args.slot), 1)
keep(CHALLENGES, challenge.expires_at - args.now)

if args.ok and (challenge.expects == '-' or challenge.expects == args.presents) then
  redis.call('HDEL', CHALLENGES, args.slot)
  if not change then
    redis.call('HSET', CHALLENGES, taken_of(args.slot), value, wrong_of(args.slot), text(wrong - 1))
    for _, counter in ipairs(args.counters) do redis.call('HINCRBY', BUDGETS, 'failures:' .. counter, -1) end
    return { 'accepted' }
  end
  redis.call('HDEL', CHALLENGES, wrong_of(args.slot))
  redis.call('HSET', ENROLLMENT, 'version', text(change.version), 'document', change.document)
  write_facts(change.facts)
  move_session(change.move)
  forgive(args.counters, args.place)
  return { 'accepted' }
end

local until_at = 0
for _, step in ipairs(args.locks) do
  if step.count <= failures then until_at = args.now + step.waitMs end
end
redis.call('HSET', BUDGETS, 'until:' .. own, text(until_at))
if wrong >= challenge.tries then redis.call('HDEL', CHALLENGES, args.slot, wrong_of(args.slot)) end
return { 'refused', text(failures), text(until_at), text(challenge.tries - wrong) }
`;
