/** Older facts are gone, and none come back. */
export const OUTDATE = `
if not can_move(args.move) then return 0 end
if number(SESSIONS, 'facts:v') < args.version then
  redis.call('HSET', SESSIONS, 'facts:v', text(args.version))
  redis.call('HDEL', SESSIONS, 'facts')
  keep(SESSIONS, FACTS_MS)
end
return 1
`;
