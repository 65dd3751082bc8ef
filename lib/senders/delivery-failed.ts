import { MfaError } from '../errors.ts';

import type { Trace } from './trace.ts';

/** The one error of a sender. `cause` is a trace, never the transport's own error: that one holds what was sent. */
export function deliveryFailed(message: string, cause?: Trace): MfaError {
  return new MfaError('delivery_failed', message, cause && { cause });
}
