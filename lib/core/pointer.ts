/** The parts of the opaque string that a host session holds: user tag, record id, record secret. */
export interface Pointer {
  readonly tag: string;
  readonly id: string;
  readonly secret: string;
}

const SHAPE = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

/** Reads a pointer. Anything of another shape is no pointer, so no forged text ever becomes part of a store key. */
export function parsePointer(value: unknown): Pointer | undefined {
  if (typeof value !== 'string') return undefined;
  const [, tag, id, secret] = SHAPE.exec(value) ?? [];
  return tag && id && secret ? { tag, id, secret } : undefined;
}

/** Writes a pointer as the host session keeps it. */
export function formatPointer(pointer: Pointer): string {
  return `${pointer.tag}.${pointer.id}.${pointer.secret}`;
}
