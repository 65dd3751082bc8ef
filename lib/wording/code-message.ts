import type { Compose } from '../core/engine.ts';
import { catalogueOf } from './catalogue-of.ts';
import { languageFor } from './language-for.ts';

/**
 * The text of a code's message: whose it is, what for, how long, and that nobody else is to have
 * it. An SMS ends in the line that binds the code to the app's own domain (origin-bound one-time
 * codes, WICG); no text that a user chose stands in a message.
 */
export function codeMessages({
  issuer,
  domain,
}: {
  readonly issuer: string;
  readonly domain: string | undefined;
}): Compose {
  return async ({ channel, to, code }, { purpose, ttlMs, languages }) => {
    const { codes, space } = await catalogueOf(languageFor(languages));
    const what = codes.what(code, issuer, purpose);
    const rules = codes.rules(issuer, Math.floor(ttlMs / 60_000));
    const lines =
      channel === 'sms'
        ? [`${what}${space}${rules}`, '', `@${domain ?? ''} #${code}`]
        : [what, rules, '', codes.unasked];
    return { channel, to, subject: codes.subject(issuer), text: lines.join('\n'), ttlMs };
  };
}
