export { nodemailerSender } from './senders/nodemailer.ts';
export type { Mail, MailTransport, NodemailerSenderOptions } from './senders/nodemailer.ts';
export type { MailFrom } from './senders/mail-from.ts';
