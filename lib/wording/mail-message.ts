import type { Message } from '../core/ports.ts';
import type { MailText } from './mail-html.tsx';

/** A mail in both of its forms. What makes the HTML is loaded when it is first needed. */
export async function mailMessage(
  { to, ttlMs }: Pick<Message, 'to' | 'ttlMs'>,
  mail: MailText,
): Promise<Message> {
  const { mailHtml } = await import('./mail-html.tsx');
  const { subject, paragraphs } = mail;
  const text = paragraphs.join('\n\n');
  return { channel: 'email', to, subject, text, html: mailHtml(mail), ttlMs };
}
