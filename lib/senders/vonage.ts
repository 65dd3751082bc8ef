import { randomUUID } from 'node:crypto';

import type { Message, Sender } from '../core/ports.ts';
import { MfaError } from '../errors.ts';
import { checkMessage } from './check-message.ts';
import { deliveryFailed } from './delivery-failed.ts';
import { readTimeout } from './sender-options.ts';
import type { SenderOptions } from './sender-options.ts';
import { withTimeLimit } from './time-limit.ts';
import { traceOf } from './trace.ts';
import type { Trace } from './trace.ts';

/** What {@link vonageSender} hands to the SDK: numbers are digits without `+`, `ttl` is in seconds. */
export interface VonageSms {
  readonly channel: 'sms';
  readonly messageType: 'text';
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly ttl: number;
  readonly clientRef: string;
}

/** The part of the Vonage SDK that is used: `new Vonage(credentials)` has it. */
export interface VonageClient {
  readonly messages: { send(sms: VonageSms): Promise<unknown> };
}

export interface VonageSenderOptions extends SenderOptions {
  /** Who the text comes from: a name of 1 to 11 letters and digits, or a number in E.164 such as `+15005550006`. */
  readonly from: string;
}

/**
 * Sends codes by SMS with Vonage's Messages API, through the SDK instance that the host has
 * made. `send` rejects with `delivery_failed` unless Vonage answered with a message id within
 * the time limit; the SDK has no way to call a request back, so a text may still come after that.
 *
 * @throws MfaError `options_invalid`
 */
export function vonageSender(vonage: VonageClient, options: VonageSenderOptions): Sender {
  if (typeof vonage?.messages?.send !== 'function') {
    throw new MfaError(
      'options_invalid',
      'vonageSender: the first argument must be an instance of the SDK: vonageSender(new Vonage({ … }), { from }).',
    );
  }
  const timeoutMs = readTimeout('vonageSender', options ?? {});
  const from = readFrom(options?.from);

  return {
    async send(message: Message): Promise<void> {
      const sms = smsOf(from, message);
      const answer = await withTimeLimit(timeoutMs, () => vonage.messages.send(sms)).catch(
        (error: unknown) => {
          const trace = traceOf(error);
          throw deliveryFailed(explain(trace), trace);
        },
      );
      if (!hasId(answer)) throw deliveryFailed(NO_ID);
    },
  };
}

const E164 = /^\+[1-9]\d{6,14}$/;

function readFrom(from: unknown): string {
  if (typeof from !== 'string' || !(E164.test(from) || /^[A-Za-z\d]{1,11}$/.test(from))) {
    throw new MfaError(
      'options_invalid',
      'vonageSender: `from` must be a name of 1 to 11 letters and digits, or a number with + and country code, such as "+15005550006".',
    );
  }
  return digits(from);
}

function smsOf(from: string, message: Message): VonageSms {
  checkMessage(message, 'sms');
  if (typeof message.to !== 'string' || !E164.test(message.to)) {
    throw deliveryFailed(
      '`to` must be one number in E.164: + and 7 to 15 digits, without spaces or separators.',
    );
  }
  return {
    channel: 'sms',
    messageType: 'text',
    to: digits(message.to),
    from,
    text: message.text,
    ttl: Math.ceil(message.ttlMs / 1000),
    clientRef: randomUUID(),
  };
}

/** The Messages API wants numbers without the plus sign. */
function digits(number: string): string {
  return number.replace('+', '');
}

/** A 200 with a page of HTML, as a proxy gives, is a success to the SDK: only the id is missing. */
function hasId(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('messageUUID' in answer)) return false;
  return typeof answer.messageUUID === 'string' && answer.messageUUID !== '';
}

const NO_ID =
  'Vonage answered without a message id: check `apiHost`, and what stands between this server and Vonage.';

function explain({ name = '', code, status = 0 }: Trace): string {
  if (code === 'ETIMEDOUT' || name === 'AbortError' || name === 'TimeoutError') {
    return 'Vonage did not answer in time: check the network, or raise `timeoutMs`.';
  }
  if (status >= 300) {
    const later = status >= 500 ? 'try again later' : 'see the errors of its Messages API';
    return `Vonage answered ${status}: ${REMEDIES[status] ?? later}.`;
  }
  if (code !== undefined) {
    return `Vonage was not reached (${code}): check the network, and \`apiHost\` if it is set.`;
  }
  if (status >= 200 || name === 'TypeError' || name === 'SyntaxError') return NO_ID;
  return 'The SDK made no request: check the credentials given to new Vonage({ … }).';
}

const REMEDIES: Readonly<Record<number, string>> = {
  401: 'check apiKey and apiSecret, or applicationId and privateKey',
  402: 'the balance of the account is too low',
  403: 'the account may not send this; check its status and the countries it may send to',
  404: 'check `apiHost`',
  422: 'it takes no text from `from`, or none to this number; check what senders that country allows',
  429: 'too many messages in a short time; try again later, or ask Vonage for more throughput',
};
