/** Adds a record, and drops what is over and the least proved, oldest ones beyond the limit. */
export const BEGIN = `
write_facts(args.facts)
redis.call('HSET', SESSIONS, 'record:' .. args.id, args.record)
keep(SESSIONS, args.keepMs)

local over, others = {}, {}
local fields = redis.call('HGETALL', SESSIONS)
for i = 1, #fields, 2 do
  local id = string.match(fields[i], '^record:(.*)$')
  if id and id ~= args.id then
    local created_at, worth = string.match(fields[i + 1], '^%S+ (%d+) (%d) ')
    if not worth then error('not a record') end
    local other = { id = id, at = tonumber(created_at), worth = tonumber(worth) }
    if other.at + args.keepMs <= args.now then
      table.insert(over, id)
    else
      table.insert(others, other)
    end
  end
end
table.sort(others, function(a, b)
  if a.worth ~= b.worth then return a.worth < b.worth end
  if a.at ~= b.at then return a.at < b.at end
  return a.id < b.id
end)
for i = 1, #others + 1 - args.limit do
  if others[i] then table.insert(over, others[i].id) end
end
if #over > 0 then drop(over) end
`;
