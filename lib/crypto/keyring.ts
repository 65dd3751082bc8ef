import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

import { readKey } from './read-key.ts';
import type { Key } from './read-key.ts';

const VERSION = 'v1';
const SEALED = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

interface Derived {
  readonly id: string;
  readonly seal: Buffer;
  readonly digest: Buffer;
}

/**
 * The key ring: the first key seals and digests, every key opens and compares. One key per
 * purpose is derived by HKDF-SHA-256 (RFC 5869); secrets are sealed with AES-256-GCM and
 * codes digested with HMAC-SHA-256, both bound to the parts that `binding` names.
 *
 * @throws MfaError `key_invalid` for a missing, short, repeated or sample key.
 */
export function createKeyring(keys: readonly Key[]) {
  const ring = keys.map((key, index) => derive(readKey(key, index)));
  const newest = ring[0];
  if (!newest) throw readKey.missing(0);
  const byId = new Map(ring.map((key) => [key.id, key]));
  if (byId.size < ring.length) throw readKey.repeated();

  const mac = (key: Derived, value: string, binding: readonly string[]): string =>
    `${key.id}.${createHmac('sha256', key.digest)
      .update(joined([...binding, value]))
      .digest('base64url')}`;

  return {
    seal(value: unknown, binding: readonly string[]): string {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', newest.seal, iv);
      cipher.setAAD(joined([VERSION, newest.id, ...binding]));
      const body = Buffer.concat([
        cipher.update(JSON.stringify(value)),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return [VERSION, newest.id, iv.toString('base64url'), body.toString('base64url')].join('.');
    },

    /** Undefined for anything that this ring did not seal for this binding: retired key, other user, changed byte. */
    open(sealed: string, binding: readonly string[]): unknown {
      const [, id, iv, body] = SEALED.exec(sealed) ?? [];
      const key = id === undefined ? undefined : byId.get(id);
      if (!key || iv === undefined || body === undefined) return undefined;
      const bytes = Buffer.from(body, 'base64url');
      // A decoder that ignores stray trailing bits would accept two spellings of one ciphertext.
      if (bytes.toString('base64url') !== body) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key.seal, Buffer.from(iv, 'base64url'), {
        authTagLength: 16,
      });
      decipher.setAAD(joined([VERSION, key.id, ...binding]));
      decipher.setAuthTag(bytes.subarray(-16));
      try {
        return JSON.parse(
          Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString(),
        );
      } catch {
        return undefined;
      }
    },

    /** A digest under a retired key cannot be made any more: then the newest key answers, and nothing matches. */
    digest(value: string, binding: readonly string[], like?: string): string {
      const key =
        like === undefined ? newest : (byId.get(like.slice(0, like.indexOf('.'))) ?? newest);
      return mac(key, value, binding);
    },
  };
}

function derive({ id, secret }: { readonly id: string; readonly secret: Uint8Array }): Derived {
  const purpose = (name: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `express-mfa ${VERSION} ${name}`, 32));
  return { id, seal: purpose('seal'), digest: purpose('digest') };
}

/** Length-prefixed, so that no two lists of parts give the same bytes. */
function joined(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
