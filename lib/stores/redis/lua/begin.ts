/** Adds a record, and drops what is over and what has to give way to it. */
export const BEGIN = `
write_facts(args.facts)
redis.call('HSET', SESSIONS, 'record:' .. args.id, args.record, 'limit', text(args.limit))
keep(SESSIONS, args.keepMs)

local over, live = {}, {}
for id, value in pairs(records()) do
  if id ~= args.id and seat_of(value).at + args.keepMs <= args.now then
    table.insert(over, id)
  else
    live[id] = value
  end
end
drop(over)
drop(crowded_out(live, args.id, args.limit))
`;
