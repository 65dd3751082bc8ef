/** Ends some sessions or all. Deletes only, so that signing out works while Redis is out of memory. */
export const END = `
local ids = args.ids
if ids == 'all' then
  ids = {}
  for _, field in ipairs(redis.call('HKEYS', SESSIONS)) do
    local id = string.match(field, '^record:(.*)$')
    if id then table.insert(ids, id) end
  end
end
local ended = {}
for _, id in ipairs(ids) do
  local value = redis.call('HGET', SESSIONS, 'record:' .. id)
  if value then table.insert(ended, value) end
end
if #ids > 0 then drop(ids) end
return ended
`;
