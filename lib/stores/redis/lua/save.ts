/** Compare-and-set on the version; the facts and the move of the session come true with it. */
export const SAVE = `
if number(ENROLLMENT, 'version') ~= args.version - 1 then return 'stale' end
if not can_move(args.move) then return 'ended' end
redis.call('HSET', ENROLLMENT, 'version', text(args.version), 'document', args.document)
write_facts(args.facts)
move_session(args.move)
return 'saved'
`;
