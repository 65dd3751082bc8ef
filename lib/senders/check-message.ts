import type { Channel, Message } from '../core/ports.ts';
import { deliveryFailed } from './delivery-failed.ts';

/**
 * Refuses, before anything leaves, a message that is of another channel, has no plain text, or
 * an HTML that is none, or is of no use any more.
 *
 * @throws MfaError `delivery_failed`
 */
export function checkMessage(message: Message, channel: Channel): void {
  if (message.channel !== channel) {
    throw deliveryFailed(
      `This sender carries ${channel} only: give it to createMfa as \`${channel}\`.`,
    );
  }
  // An object in the place of the text would be read by a mail library as a file or a URL to send.
  const { text, html = text } = message;
  if (!isPlain(text) || !isPlain(html)) {
    throw deliveryFailed(
      'The text, and the HTML if there is one, must be a string that is not empty, without control characters other than line breaks and tabs.',
    );
  }
  if (!Number.isFinite(message.ttlMs) || message.ttlMs <= 0) {
    throw deliveryFailed(
      '`ttlMs` must be the milliseconds, above 0, for which the code is of use.',
    );
  }
}

function isPlain(text: unknown): boolean {
  return typeof text === 'string' && text !== '' && !CONTROL.test(text);
}

const CONTROL = /[^\P{Cc}\t\r\n]/u;
