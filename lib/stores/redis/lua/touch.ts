/** Notes beside the record when it was used, if the pointer points at it. */
export const TOUCH = `
if secret_of(args.id) == args.secret then
  redis.call('HSET', SESSIONS, 'seen:' .. args.id, text(args.at))
end
`;

/** The same while the enrollment is of the version that is known of it; if not, that is the answer. */
export const RENEW = `
if number(ENROLLMENT, 'version') ~= args.version then
  return { redis.call('HGET', ENROLLMENT, 'document') }
end
${TOUCH}`;
