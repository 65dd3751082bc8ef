import type { Message } from '../core/ports.ts';
import type { mailHtml as MailHtml, MailText } from './mail-html.tsx';

/** What makes the HTML: loaded when it is first needed, and once. */
let template: Promise<{ readonly mailHtml: typeof MailHtml }> | undefined;

/** A mail in both of its forms. */
export async function mailMessage(
  { to, ttlMs }: Pick<Message, 'to' | 'ttlMs'>,
  mail: MailText,
): Promise<Message> {
  template ??= import('./mail-html.tsx');
  const { mailHtml } = await template;
  const { subject, paragraphs } = mail;
  const text = paragraphs.join('\n\n');
  return { channel: 'email', to, subject, text, html: mailHtml(mail), ttlMs };
}
