import { randomUUID } from 'node:crypto';

import type { Message, Sender } from '../core/ports.ts';
import { MfaError } from '../errors.ts';
import { checkMessage } from './check-message.ts';
import { deliveryFailed } from './delivery-failed.ts';
import { readTimeout } from './sender-options.ts';
import type { SenderOptions } from './sender-options.ts';
import { smsFailed } from './sms-failed.ts';
import { withTimeLimit } from './time-limit.ts';
import { traceOf } from './trace.ts';

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
 * With `DEBUG=vonage:*` in its environment the SDK prints credentials and codes.
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
          throw smsFailed(traceOf(error));
        },
      );
      if (!hasId(answer)) throw smsFailed();
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
