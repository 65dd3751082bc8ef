import type { Digest, Sealed } from './vocabulary.ts';

/** What a secret, a code and a message are bound to: the parts, in order. */
export type Binding = readonly string[];

/** The cryptography that the core needs; see `crypto/`. */
export interface Keyring {
  /** AES-256-GCM under the newest key; `binding` is authenticated. */
  seal(value: unknown, binding: Binding): Sealed;
  /** Opens what any key of the ring sealed; undefined when it was not, or for another binding. */
  open(sealed: Sealed, binding: Binding): unknown;
  /** HMAC-SHA-256 under the newest key, or under the key that made `like`. */
  digest(value: string, binding: Binding, like?: Digest): Digest;
}
