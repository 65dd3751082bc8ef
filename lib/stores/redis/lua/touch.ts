/** Notes beside the record when it was used, if the pointer points at it. */
export const TOUCH = `
if secret_of(args.id) == args.secret then
  redis.call('HSET', SESSIONS, 'seen:' .. args.id, text(args.at))
end
`;
