/**
 * Does `work`, and gives up `timeoutMs` later: then it rejects with a `TimeoutError` (code
 * `ETIMEDOUT`) and aborts the signal. The timer neither outlives the work nor keeps the process
 * alive. A `work` that throws at once rejects as well.
 */
export async function withTimeLimit<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      // In this order: what the work says about being aborted comes too late to be the reason.
      reject(timeoutError(timeoutMs));
      abort.abort();
    }, timeoutMs);
    timer.unref();
  });
  try {
    return await Promise.race([work(abort.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

function timeoutError(timeoutMs: number): Error {
  const error = new Error(`no answer within ${timeoutMs} ms`);
  return Object.assign(error, { name: 'TimeoutError', code: 'ETIMEDOUT' });
}
