/**
 * Every text in a value, as deep as the most talkative logger goes: messages and causes of errors, fields
 * and their names, and bytes in hex. Stacks are left out: beyond the message they hold places in the code.
 */
export function textsIn(value: unknown, known = new Set<unknown>()): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || known.has(value)) return [];
  known.add(value);
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('hex')];
  if (value instanceof Map || value instanceof Set) return textsIn([...value], known);
  const hidden = 'message' in value || 'cause' in value ? ['message', 'cause'] : [];
  const names = new Set([...Object.keys(value), ...hidden]);
  names.delete('stack');
  const held = value as Readonly<Record<string, unknown>>;
  const list = Array.isArray(value);
  return [...names].flatMap((name) => [...(list ? [] : [name]), ...textsIn(held[name], known)]);
}
