import type { Message } from '../core/ports.ts';
import { onceLoaded } from '../once-loaded.ts';
import type { MailText } from './mail-html.tsx';

/** What makes the HTML. */
const template = onceLoaded(() => import('./mail-html.tsx'));

/** A mail in both of its forms. */
export async function mailMessage(
  { to, ttlMs }: Pick<Message, 'to' | 'ttlMs'>,
  mail: MailText,
): Promise<Message> {
  const { mailHtml } = await template();
  const { subject, paragraphs } = mail;
  const text = paragraphs.join('\n\n');
  return { channel: 'email', to, subject, text, html: mailHtml(mail), ttlMs };
}
