import { findLeaks } from './find-leaks.ts';
import { textsIn } from './texts-in.ts';

const seen = new Map<string | Uint8Array, string>();
const heard = new Map<string, Set<string>>();

/** What a test file has said, and the secrets that came up in it; see `test/support/every-sink.ts`. */
export const ear = {
  /** Notes a secret. Shorter texts than codes are none: they stand anywhere. */
  saw(what: string, secret: unknown): void {
    if (secret instanceof Uint8Array) seen.set(secret, what);
    if (typeof secret === 'string' && secret.length >= 6) seen.set(secret, what);
  },

  /** Notes the codes that a message carries to its owner. */
  sawMessage({ text }: { readonly text: string }): void {
    for (const [code] of text.matchAll(/\b\d{6,10}\b/g)) ear.saw('a sent code', code);
  },

  /** Notes the cookies of an answer, and what they are made of. */
  sawCookies(set: unknown): void {
    for (const cookie of [set].flat()) {
      const value = decodeURIComponent(/^[^=]+=([^;]*)/.exec(String(cookie))?.[1] ?? '');
      for (const part of value.split(/[.:]/)) if (part.length >= 16) ear.saw('a cookie', part);
    }
  },

  /** Notes what an answer shows its owner once. */
  sawRevealed(shown: Readonly<Record<string, unknown>>): void {
    ear.saw('a seed', shown['secret']);
    ear.saw('an otpauth URI', shown['uri']);
    const codes = shown['recoveryCodes'];
    if (Array.isArray(codes)) for (const code of codes) ear.saw('a recovery code', code);
  },

  /** Notes whatever text a value that came out of a sink holds. */
  heard(sink: string, value: unknown): void {
    const texts = heard.get(sink) ?? new Set();
    heard.set(sink, texts);
    for (const text of textsIn(value)) texts.add(text);
  },

  heardEvent(event: object): void {
    for (const [name, value] of Object.entries(event)) ear.heard(`event.${name}`, value);
  },

  /** Notes the body of an answer that is an error. */
  heardAnswer(status: number, body: unknown): void {
    if (status < 400 || (typeof body !== 'string' && !(body instanceof Uint8Array))) return;
    const text = Buffer.from(body).toString();
    ear.heard(/^\s*</.test(text) ? 'page' : 'an error answer', text);
  },

  leaks: (): readonly string[] => findLeaks(seen, heard),
};
