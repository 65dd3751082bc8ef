import type { Request } from 'express';

/**
 * Whether the client has cut the connection of a request. Nobody can tell any more where it came
 * from, so what it asks for would be within no limit of a network (attack A47): it is not done. A
 * reset may have taken the address before Node has noticed it; what comes over a local socket has
 * an address at neither end.
 */
export function isGone({ socket }: Request): boolean {
  return (
    socket.destroyed || (socket.localAddress !== undefined && socket.remoteAddress === undefined)
  );
}
