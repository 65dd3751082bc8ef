import type { Keyring } from '../core/keyring.ts';
import type { Digest } from '../core/vocabulary.ts';
import { equal } from '../crypto/equal.ts';

/** What is signed. Neither passes for the other. */
export type Kind = 'record' | 'facts' | 'challenge';

/** A document as it is kept: signed, and a record with the version of the facts beside it. */
export type Kept<T> = T & { readonly mac?: unknown; readonly factsFrom?: number };

/**
 * Signs what a store keeps, for its kind and its user. All that a document holds is bound, what a
 * later version adds included, in whatever order a store gives it back. Only `seenAt` is not: a
 * store changes it by itself.
 */
export function signature(keyring: Pick<Keyring, 'digest'>) {
  const macOf = (kind: Kind, userId: string, document: object, like?: Digest): Digest =>
    keyring.digest(bound(document), ['stored', kind, userId], like);
  return {
    sign: <T extends object>(kind: Kind, userId: string, document: T): Kept<T> => ({
      ...document,
      mac: macOf(kind, userId, document),
    }),

    /** False for what was changed, made up or copied from elsewhere, and when the key is retired. */
    verifies: <T extends object>(kind: Kind, userId: string, document: Kept<T>): boolean => {
      const { mac } = document;
      return typeof mac === 'string' && equal(macOf(kind, userId, document, mac), mac);
    },

    /** The document as it was before it was signed. */
    bare: <T extends object>({ mac: _mac, factsFrom: _from, ...document }: Kept<T>): T =>
      document as T,
  };
}

function bound(document: object): string {
  const { mac: _mac, seenAt: _seenAt, ...rest } = document as Record<string, unknown>;
  return JSON.stringify(rest, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
