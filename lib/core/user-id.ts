/** An id of the host's, as a text, if it is one: no two users may ever meet under the name "undefined". */
export function userIdOf(id: unknown): string | undefined {
  const isUsable =
    (typeof id === 'string' && id !== '') || (typeof id === 'number' && !Number.isNaN(id));
  return isUsable ? String(id) : undefined;
}
