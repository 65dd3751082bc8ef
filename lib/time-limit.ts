import { MfaError } from './errors.ts';

/** The answer of one of the host's functions; one that takes longer than `ms` counts as failed. */
export async function withinTime<T>(
  name: string,
  ms: number,
  run: () => T | Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = `${name} did not answer within ${ms} ms.`;
      const remedy = 'Make it answer sooner, or see `hostTimeoutMs` and `sendTimeoutMs`.';
      reject(new MfaError('host_callback_timeout', `${late} ${remedy}`));
    }, ms);
  });
  try {
    return await Promise.race([late, (async () => run())()]);
  } catch (cause) {
    if (cause instanceof MfaError) throw cause;
    throw new MfaError('host_callback_failed', `${name} threw; see the cause.`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
