import { encodings, folded } from './encodings.ts';

/** Texts by the sink they came out of. */
export type Heard = ReadonlyMap<string, ReadonlySet<string>>;
/** Secrets, each with what it is. */
export type Seen = ReadonlyMap<string | Uint8Array, string>;

const GRAM = 8;
const CODE = /^\d{6,10}$/;

/**
 * Which secrets stand in which sinks, and in which form; no secret is named. All forms are looked for
 * in one pass: what begins no form by its first eight letters is none.
 */
export function findLeaks(seen: Seen, heard: Heard): readonly string[] {
  const forms = new Map<string, { what: string; form: string; text: string }[]>();
  const codes = new Map<string, string>();
  for (const [secret, what] of seen) {
    if (typeof secret === 'string' && CODE.test(secret)) {
      for (const [form, text] of codeForms(secret)) codes.set(text, `${what} in ${form}`);
      continue;
    }
    for (const [form, text] of encodings(secret)) {
      const gram = text.slice(0, GRAM);
      if (text.length < GRAM) continue;
      const others = forms.get(gram);
      if (others) others.push({ what, form, text });
      else forms.set(gram, [{ what, form, text }]);
    }
  }
  const leaks = new Set<string>();
  for (const [sink, texts] of heard) {
    for (const raw of texts) {
      const text = folded(raw);
      for (let at = 0; at + GRAM <= text.length; at += 1) {
        for (const { what, form, text: secret } of forms.get(text.slice(at, at + GRAM)) ?? [])
          if (text.startsWith(secret, at)) leaks.add(`${what} in ${form} in ${sink}`);
      }
      for (const run of runsIn(sink, raw)) {
        const code = codes.get(run);
        if (code !== undefined) leaks.add(`${code} in ${sink}`);
      }
    }
  }
  return [...leaks].sort();
}

function codeForms(code: string): readonly (readonly [string, string])[] {
  const bytes = Buffer.from(code);
  return [
    ['plain', code],
    ['hex', bytes.toString('hex')],
    ['base64', bytes.toString('base64').replace(/=+$/, '')],
  ];
}

/**
 * Sinks full of numbers: ids, drawn at random, colors of pages, and what Node's own debugging prints, which
 * attack A61 looks through. A code is not looked for in them.
 */
const NUMBERED = /^(?:event\.(?:userId|session|authenticator|ip)|page|what a process printed)$/;
/** Numbers that are no code by what is written around them: durations, places in code, ports, processes. */
const KNOWN = /\b\d+ ms\b|\(node:\d+\)|:\d+(?::\d+)?\b/g;

/**
 * The runs of letters and digits that a code could be. One of a million codes would be any other number
 * of six digits by chance, so numbers that are none are taken out.
 */
function runsIn(sink: string, text: string): readonly string[] {
  if (NUMBERED.test(sink)) return [];
  const free = text.replace(KNOWN, ' ');
  return [...(free.match(/\d+/g) ?? []), ...(free.match(/[A-Za-z0-9+/]{8,16}/g) ?? [])];
}
