import type { MfaError } from '../errors.ts';
import { deliveryFailed } from './delivery-failed.ts';
import type { Trace } from './trace.ts';

/** `delivery_failed` for an SMS: what Vonage or its SDK said, and what to do about it. No trace: the answer had no id. */
export function smsFailed(trace?: Trace): MfaError {
  return deliveryFailed(trace ? explain(trace) : NO_ID, trace);
}

function explain({ name = '', code, status = 0 }: Trace): string {
  if (code === 'ETIMEDOUT' || name === 'AbortError' || name === 'TimeoutError') {
    return 'Vonage did not answer in time: check the network, or raise `timeoutMs` and the `timeout` of the SDK.';
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

const NO_ID =
  'Vonage answered without a message id: check `apiHost`, and what stands between this server and Vonage.';

const REMEDIES: Readonly<Record<number, string>> = {
  401: 'check apiKey and apiSecret, or applicationId and privateKey',
  402: 'the balance of the account is too low',
  403: 'the account may not send this; check its status and the countries it may send to',
  404: 'check `apiHost`',
  422: 'it takes no text from `from`, or none to this number; check what senders that country allows',
  429: 'too many messages in a short time; try again later, or ask Vonage for more throughput',
};
