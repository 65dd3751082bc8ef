import { Vonage } from '@vonage/server-sdk';
import { createTransport } from 'nodemailer';

import type { Sender } from '../lib/index.ts';
import { nodemailerSender } from '../lib/nodemailer.ts';
import type { MailTransport } from '../lib/nodemailer.ts';
import { vonageSender } from '../lib/vonage.ts';
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

/** nodemailer's JSON transport makes the whole mail and hands it back instead of sending it. */
function intoOutbox(outbox: Outbox): Closable {
  const json = createTransport({ jsonTransport: true });
  const transport: MailTransport = {
    async sendMail(mail) {
      const info = await json.sendMail(mail);
      const { to, text } = JSON.parse(info.message) as {
        readonly to: readonly { readonly address: string }[];
        readonly text: string;
      };
      outbox.add({ channel: 'email', to: to.map(({ address }) => address).join(), text });
      return info;
    },
  };
  const from = { name: 'Example', address: 'no-reply@localhost' };
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
  return { sender: vonageSender(client, { from: 'Example' }), close: () => api.close() };
}
