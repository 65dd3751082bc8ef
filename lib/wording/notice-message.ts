import type { Destination, Notice } from '../core/notice.ts';
import type { Message } from '../core/ports.ts';
import type { Catalogue } from './catalogue.ts';

const DAY_MS = 86_400_000;

/**
 * The text of a notice: what happened, when, and what to do if it was not you. Nothing that a user
 * chose stands in it, no address and no link, and no six digits in a row: whoever looks for a code
 * in the newest message finds none here.
 */
export function noticeMessages(
  catalogue: Catalogue,
  { issuer: named }: { readonly issuer: string },
): (notice: Notice, destination: Destination) => Message {
  const { notices } = catalogue;
  const issuer = named.replace(/\d{5}(?=\d)/g, '$& ');
  return (notice, { channel, to }) => {
    const happened = notices.happened(
      notice,
      issuer,
      catalogue.factor(notice.factor),
      utc(notice.at),
    );
    const text = [happened, notices.notYou(notice, issuer)].join(channel === 'sms' ? ' ' : '\n\n');
    return { channel, to, subject: notices.subject(issuer), text, ttlMs: DAY_MS };
  };
}

/** To the minute, as `2026-11-24 05:20 UTC`. */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
