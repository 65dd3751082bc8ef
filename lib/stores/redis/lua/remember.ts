/** Facts; and if the session is where it was, its move and what succeeded. */
export const REMEMBER = `
write_facts(args.facts)
if not can_move(args.move) then return 0 end
move_session(args.move)
local succeeded = args.succeeded
if succeeded then
  forgive(succeeded.counters, succeeded.place)
  local slot = succeeded.slot
  for _, field in ipairs({ slot, taken_of(slot) }) do
    if head(redis.call('HGET', CHALLENGES, field)).id == succeeded.id then
      redis.call('HDEL', CHALLENGES, field, wrong_of(slot))
    end
  end
end
return 1
`;
