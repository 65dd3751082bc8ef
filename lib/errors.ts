/** Stable codes of {@link MfaError}; callers may switch on them. */
export type MfaErrorCode =
  | 'options_invalid'
  | 'key_invalid'
  | 'session_missing'
  | 'setup_unsafe'
  | 'store_unavailable'
  | 'delivery_failed'
  | 'host_callback_failed'
  | 'host_callback_timeout'
  | 'contended'
  | 'answered_already';

/**
 * A misuse, an outage or a bug: never a refusal. The message says what was expected and the
 * remedy; it holds no secret, code, address or challenge, so it may be logged.
 */
export class MfaError extends Error {
  override readonly name = 'MfaError';
  readonly code: MfaErrorCode;

  constructor(code: MfaErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
