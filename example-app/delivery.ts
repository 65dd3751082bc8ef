import { Vonage } from '@vonage/server-sdk';
import { createTransport } from 'nodemailer';

import type { Sender } from '../lib/index.ts';
import { nodemailerSender } from '../lib/nodemailer.ts';
import type { MailTransport } from '../lib/nodemailer.ts';
import { vonageSender } from '../lib/vonage.ts';
import { brand } from './brand.ts';
import type { Config } from './config.ts';
import { startMessagesApi } from './messages-api.ts';
import type { Outbox } from './outbox.ts';

/** How codes leave. Both ways run the same code in development; only their last step differs. */
export interface Delivery {
  readonly email: Sender;
  /** Left out: there is no phone factor. */
  readonly sms: Sender | undefined;
  close(): void;
}

export async function createDelivery(config: Config, outbox: Outbox): Promise<Delivery> {
  const mail = config.smtp ? smtp(config.smtp, config.production) : intoOutbox(outbox);
  const sms = config.sms ? await texts(config, outbox) : undefined;
  return {
    email: mail.sender,
    sms: sms?.sender,
    close() {
      mail.close();
      sms?.close();
    },
  };
}

interface Closable {
  readonly sender: Sender;
  close(): void;
}

/** In production a mail with a code must not leave without TLS; `?requireTLS=false` in the URL overrules it. */
function smtp({ url, from }: NonNullable<Config['smtp']>, requireTLS: boolean): Closable {
  const limits = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 8000 };
  const transport = createTransport({ url, pool: true, requireTLS, ...limits });
  return { sender: nodemailerSender(transport, { from }), close: () => transport.close() };
}

/** The part of it that is shown. */
interface MadeMail {
  readonly from: { readonly name: string };
  readonly to: readonly { readonly address: string }[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** nodemailer's JSON transport makes the whole mail and hands it back instead of sending it. */
function intoOutbox(outbox: Outbox): Closable {
  const json = createTransport({ jsonTransport: true });
  const transport: MailTransport = {
    async sendMail(mail) {
      const info = await json.sendMail(mail);
      const { from, to, subject, text, html } = JSON.parse(info.message) as MadeMail;
      outbox.add({
        channel: 'email',
        from: from.name,
        to: to.map(({ address }) => address).join(),
        subject,
        text,
        html,
      });
      return info;
    },
  };
  const from = { name: brand.name, address: 'no-reply@localhost' };
  return { sender: nodemailerSender(transport, { from }), close: () => json.close() };
}

async function texts({ vonage }: Config, outbox: Outbox): Promise<Closable> {
  // Left out, this would be never.
  const timeout = 8000;
  if (vonage) {
    const client = new Vonage(vonage.auth, { timeout });
    return { sender: vonageSender(client, { from: vonage.from }), close() {} };
  }
  const api = await startMessagesApi(outbox);
  const auth = { apiKey: 'development', apiSecret: 'development' };
  const client = new Vonage(auth, { timeout, apiHost: api.url });
  return { sender: vonageSender(client, { from: 'LarchBank' }), close: () => api.close() };
}
