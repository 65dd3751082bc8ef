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
if #ids > 0 then drop(ids) end
`;
