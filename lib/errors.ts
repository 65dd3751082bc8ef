/** What each code is answered with: 503 is an outage, and may be asked again; 500 asks for whoever runs the app. */
const STATUS = {
  options_invalid: 500,
  key_invalid: 500,
  session_missing: 500,
  setup_unsafe: 500,
  answered_already: 500,
  store_unavailable: 503,
  delivery_failed: 503,
  host_callback_failed: 503,
  host_callback_timeout: 503,
  contended: 503,
} as const;

/** Stable codes of {@link MfaError}; callers may switch on them. */
export type MfaErrorCode = keyof typeof STATUS;

/**
 * A misuse, an outage or a bug: never a refusal. The message says what was expected and the
 * remedy; it holds no secret, code, address or challenge, so it may be logged.
 */
export class MfaError extends Error {
  override readonly name = 'MfaError';
  readonly code: MfaErrorCode;
  /** The HTTP status that Express answers an error with that nobody handles: 503 for an outage, else 500. */
  readonly status: 500 | 503;

  constructor(code: MfaErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.status = STATUS[code];
  }
}
