import type { Message, Sender } from '../core/ports.ts';
import { MfaError } from '../errors.ts';
import { breaksHeader } from './breaks-header.ts';
import { checkMessage } from './check-message.ts';
import { deliveryFailed } from './delivery-failed.ts';
import { mailFailed } from './mail-failed.ts';
import { readMailFrom } from './mail-from.ts';
import type { MailFrom } from './mail-from.ts';
import { mailboxOf } from './mailbox.ts';
import { readTimeout } from './sender-options.ts';
import type { SenderOptions } from './sender-options.ts';
import { withTimeLimit } from './time-limit.ts';
import { traceOf } from './trace.ts';

/** What {@link nodemailerSender} hands to the transport. */
export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly cc: undefined;
  readonly bcc: undefined;
  readonly envelope: { readonly from: string; readonly to: string[] };
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly headers: { readonly 'Auto-Submitted': string };
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
  readonly signal: AbortSignal;
}

/** The part of a nodemailer transport that is used: what `nodemailer.createTransport()` returns has it. */
export interface MailTransport {
  sendMail(mail: Mail): Promise<unknown>;
}

export interface NodemailerSenderOptions extends SenderOptions {
  /** The mailbox that mails come from, such as `Acme <no-reply@example.com>`. */
  readonly from: MailFrom;
}

/**
 * Sends codes by e-mail through a transport that the host has made, each to one mailbox.
 * `send` rejects with `delivery_failed` unless the transport took the mail within the time limit.
 * A transport with `debug: true` writes every mail, and so every code, to its log.
 *
 * @throws MfaError `options_invalid`
 */
export function nodemailerSender(
  transport: MailTransport,
  options: NodemailerSenderOptions,
): Sender {
  if (typeof transport?.sendMail !== 'function') {
    throw new MfaError(
      'options_invalid',
      'nodemailerSender: the first argument must be a transport: nodemailerSender(nodemailer.createTransport({ … }), { from }).',
    );
  }
  const timeoutMs = readTimeout('nodemailerSender', options ?? {});
  const from = readMailFrom(options?.from);

  return {
    async send(message: Message): Promise<void> {
      const to = checked(message);
      const info = await withTimeLimit(timeoutMs, (signal) =>
        transport.sendMail(mail(from, to, message, signal)),
      ).catch((error: unknown) => {
        throw mailFailed(traceOf(error));
      });
      if (!wasTaken(info)) throw mailFailed({ code: 'EENVELOPE' });
    },
  };
}

function checked(message: Message): string {
  checkMessage(message, 'email');
  const to = mailboxOf(message.to);
  if (to === undefined) {
    throw deliveryFailed(
      '`to` must be exactly one mailbox, name@domain: no list, display name, quotes or control characters; the name in ASCII, of at most 64 characters.',
    );
  }
  const { subject } = message;
  if (typeof subject !== 'string' || subject.length > MAX_SUBJECT || breaksHeader(subject)) {
    throw deliveryFailed(
      `The subject must be one line of at most ${MAX_SUBJECT} characters, without control characters.`,
    );
  }
  return to;
}

const MAX_SUBJECT = 255;

/**
 * A string in `to` is a list, and a line break in it was measured to send the mail to nobody but
 * the attacker's `Bcc:`. So: one object, and an envelope that says the same. `cc` and `bcc` are
 * named because a transport may have defaults for what a mail leaves out. Auto-Submitted
 * (RFC 3834 section 5) keeps out-of-office replies, which would quote the code, from coming back.
 */
function mail(from: Mail['from'], to: string, message: Message, signal: AbortSignal): Mail {
  return {
    from: { ...from },
    to: { name: '', address: to },
    cc: undefined,
    bcc: undefined,
    envelope: { from: from.address, to: [to] },
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    signal,
  };
}

/** A transport that says nothing about recipients (JSON, SES) took what it did not throw at. */
function wasTaken(info: unknown): boolean {
  if (typeof info !== 'object' || info === null) return true;
  const { accepted, rejected } = info as {
    readonly accepted?: unknown;
    readonly rejected?: unknown;
  };
  const nobody = Array.isArray(accepted) && accepted.length === 0;
  const refusal = Array.isArray(rejected) && rejected.length > 0;
  return !nobody && !refusal;
}
