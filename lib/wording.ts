import type { Compose } from './core/engine.ts';
import type { Purpose } from './core/vocabulary.ts';

const PURPOSES: Readonly<Record<Purpose, string>> = {
  prove: 'to complete your sign-in',
  enroll: 'to confirm that this is yours',
};

/**
 * The text of a code's message: whose it is, what for, how long, and that nobody else is to have
 * it. An SMS ends in the line that binds the code to the app's own domain (origin-bound one-time
 * codes, WICG); no text that a user chose stands in a message.
 */
export function composer({
  issuer,
  domain,
}: {
  readonly issuer: string;
  readonly domain: string | undefined;
}): Compose {
  return ({ channel, to, code }, { purpose, ttlMs }) => {
    const count = Math.floor(ttlMs / 60_000);
    const minutes = count === 1 ? '1 minute' : `${count} minutes`;
    const what = `${code} is your ${issuer} code ${PURPOSES[purpose]}.`;
    const rules = `It is good for ${minutes}. Never share it: ${issuer} will not ask for it.`;
    const lines =
      channel === 'sms'
        ? [`${what} ${rules}`, '', `@${domain ?? ''} #${code}`]
        : [
            what,
            rules,
            '',
            `If you did not ask for it, someone may know your password: change it.`,
          ];
    return { channel, to, subject: `Your ${issuer} code`, text: lines.join('\n'), ttlMs };
  };
}
