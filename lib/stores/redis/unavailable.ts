import { MfaError } from '../../errors.ts';

/**
 * The fault that a store answers with when Redis did not do its work. Of the cause only the class
 * and Redis's error word are kept: ioredis hangs the arguments, and with them every secret, on
 * its errors, and Redis repeats them in some messages.
 */
export function unavailable(what: string, cause?: unknown): MfaError {
  const message = `Redis ${what}. Nothing was granted. Check that it is reachable, writable and not out of memory.`;
  if (!(cause instanceof Error)) return new MfaError('store_unavailable', message);
  const [word] = /^[A-Z]{2,32}\b/.exec(cause.message) ?? [];
  const kept = new Error(word ?? 'no error word');
  kept.name = /^[A-Za-z]{1,64}$/.test(cause.name) ? cause.name : 'Error';
  return new MfaError('store_unavailable', message, { cause: kept });
}
