import type { Compose } from '../core/engine.ts';
import { catalogueOf } from './catalogue-of.ts';
import { languageFor } from './language-for.ts';
import { mailMessage } from './mail-message.ts';

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
    const language = languageFor(languages);
    const { codes, space } = await catalogueOf(language);
    const subject = codes.subject(issuer);
    const what = codes.what(code, issuer, purpose);
    const rules = codes.rules(issuer, Math.floor(ttlMs / 60_000));
    if (channel === 'email') {
      const paragraphs = [what, rules, codes.unasked];
      return mailMessage({ to, ttlMs }, { language, subject, paragraphs, code });
    }
    const text = `${what}${space}${rules}\n\n@${domain ?? ''} #${code}`;
    return { channel, to, subject, text, ttlMs };
  };
}
