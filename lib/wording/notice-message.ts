import { areFew } from '../core/few-codes.ts';
import type { Destination, Notice, NoticeType } from '../core/notice.ts';
import type { Message } from '../core/ports.ts';
import { catalogueOf } from './catalogue-of.ts';
import { languageFor } from './language-for.ts';
import type { Language } from './languages.ts';
import { mailMessage } from './mail-message.ts';

const DAY_MS = 86_400_000;

/** What a password alone is enough to bring about: nothing was changed. */
const TRIED: ReadonlySet<NoticeType> = new Set(['factor_failing', 'codes_limited']);

/**
 * The text of a notice: what happened, when, and what to do if it was not you. Nothing that a user
 * chose stands in it, no address and no link, and no six digits in a row: whoever looks for a code
 * in the newest message finds none here.
 */
export function noticeMessages({
  issuer: named,
}: {
  readonly issuer: string;
}): (notice: Notice, destination: Destination) => Promise<Message> {
  const issuer = named.replace(/\d{5}(?=\d)/g, '$& ');
  return async ({ type, at, locale, factor, remaining = 0 }, { channel, to }) => {
    const language = languageFor(locale === undefined ? [] : [locale]);
    const texts = await catalogueOf(language);
    const { notices, space } = texts;
    const happened = [
      notices.happened[type]({ issuer, factor: texts.factor(factor), when: utc(at, language) }),
      ...(type === 'recovery_code_used' ? [notices.left(remaining)] : []),
      ...(type === 'recovery_code_used' && areFew(remaining) ? [notices.few] : []),
    ].join(space);
    const notYou = TRIED.has(type) ? notices.tried(issuer) : notices.changed(issuer);
    const subject = notices.subject(issuer);
    const paragraphs = [happened, notYou];
    if (channel === 'email')
      return mailMessage({ to, ttlMs: DAY_MS }, { language, subject, paragraphs });
    return { channel, to, subject, text: paragraphs.join(space), ttlMs: DAY_MS };
  };
}

const formats = new Map<Language, Intl.DateTimeFormat>();

/** To the minute, as `November 24, 2026 at 05:20 UTC`, in the digits that codes are written in. */
function utc(at: number, language: Language): string {
  const format = formats.get(language) ?? formatOf(language);
  formats.set(language, format);
  return `${format.format(at)} UTC`;
}

/** Costs as much to make as all the rest of a notice. */
function formatOf(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
}
