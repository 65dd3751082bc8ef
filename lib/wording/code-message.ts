import type { Compose } from '../core/engine.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * The text of a code's message: whose it is, what for, how long, and that nobody else is to have
 * it. An SMS ends in the line that binds the code to the app's own domain (origin-bound one-time
 * codes, WICG); no text that a user chose stands in a message.
 */
export function codeMessages(
  { codes: texts, space }: Pick<Catalogue, 'codes' | 'space'>,
  { issuer, domain }: { readonly issuer: string; readonly domain: string | undefined },
): Compose {
  return ({ channel, to, code }, { purpose, ttlMs }) => {
    const what = texts.what(code, issuer, purpose);
    const rules = texts.rules(issuer, Math.floor(ttlMs / 60_000));
    const lines =
      channel === 'sms'
        ? [`${what}${space}${rules}`, '', `@${domain ?? ''} #${code}`]
        : [what, rules, '', texts.unasked];
    return { channel, to, subject: texts.subject(issuer), text: lines.join('\n'), ttlMs };
  };
}
