/**
 * Whether a time limit ended the sending of a message, by what was thrown: ours, that of a sender or
 * that of a host's own transport, which `AbortSignal.timeout()` names `TimeoutError`. Then it may have
 * left, or leave yet. A connection that was refused, or a refusal by the far end, is no doubt.
 */
export function isLate(thrown: unknown): boolean {
  const cause = causeOf(thrown);
  // A sender of ours keeps a trace as its cause; what a host's sender threw is the cause of what we throw.
  return [thrown, cause, causeOf(cause)].some((error) => {
    const { name, code } = Object(error) as { readonly name?: unknown; readonly code?: unknown };
    return LATE.has(name) || LATE.has(code);
  });
}

function causeOf(error: unknown): unknown {
  return (Object(error) as { readonly cause?: unknown }).cause;
}

const LATE: ReadonlySet<unknown> = new Set([
  'host_callback_timeout',
  'TimeoutError',
  'AbortError',
  'ETIMEDOUT',
]);
