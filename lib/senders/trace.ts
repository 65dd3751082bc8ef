/** What is kept of a transport's error: enough to find the fault, nothing that was sent. */
export interface Trace {
  readonly name?: string;
  readonly code?: string;
  readonly status?: number;
}

/**
 * Reads name, code and status out of whatever a transport threw. The error itself must go no
 * further: the Vonage SDK's holds the Authorization header and the text, nodemailer's the
 * recipient and the server's own words, and each of them would show in a log.
 */
export function traceOf(error: unknown): Trace {
  const thrown = record(error);
  const name = thrown['name'];
  const code = thrown['code'] ?? record(thrown['cause'])['code'];
  const status = thrown['responseCode'] ?? record(thrown['response'])['status'] ?? thrown['status'];
  return {
    ...(typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? { name } : {}),
    ...(typeof code === 'string' && /^[A-Z][A-Z_]{1,39}$/.test(code) ? { code } : {}),
    ...(isReply(status) ? { status } : {}),
  };
}

function isReply(status: unknown): status is number {
  return Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 599;
}

/** A view, not a copy: the status of a fetch `Response` is a getter of its class. */
function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
