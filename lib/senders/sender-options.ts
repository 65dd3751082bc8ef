import { MfaError } from '../errors.ts';

/** What every sender takes. */
export interface SenderOptions {
  /**
   * How long one send may take, in milliseconds, from 1 to 10 000. Whoever asked for the code
   * waits for it.
   * @default 8000
   */
  readonly timeoutMs?: number | undefined;
}

/**
 * Checks what all senders have in common and answers the time limit.
 *
 * @throws MfaError `options_invalid` for an option that does not exist or a limit out of range.
 */
export function readTimeout(factory: string, options: SenderOptions): number {
  const unknown = Object.keys(options).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) {
    throw new MfaError(
      'options_invalid',
      `${factory}: there is no option \`${unknown}\`; did you mean one of ${KNOWN.map((key) => `\`${key}\``).join(', ')}?`,
    );
  }
  const { timeoutMs = DEFAULT_MS } = options;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > MAX_MS) {
    throw new MfaError(
      'options_invalid',
      `${factory}: \`timeoutMs\` must be a whole number from 1 to ${MAX_MS}.`,
    );
  }
  return timeoutMs;
}

const KNOWN = ['from', 'timeoutMs'];
const DEFAULT_MS = 8_000;
const MAX_MS = 10_000;
