import type { Request } from 'express';

import type { Passed } from '../core/commands/inspect.ts';
import type { Requirement } from '../core/policy.ts';
import { MfaError } from '../errors.ts';
import { errorOf } from './error-types.ts';
import { examine } from './examine.ts';
import type { Http } from './route.ts';

/** What a guard would have said; `code` is the status and `type` the word that it would have answered. */
export type Checked =
  | ({ readonly passed: true } & Passed)
  | {
      readonly passed: false;
      readonly code: number;
      readonly type: string;
      readonly message: string;
    };

/**
 * The guard's decision as a plain value.
 *
 * @throws MfaError when it cannot be known
 */
export async function checkFactors(
  http: Http,
  requirement: Requirement,
  req: Request,
): Promise<Checked> {
  const outcome = await examine(http, requirement, req).catch((cause: unknown) => {
    http.engine.emit({ type: 'fault', ip: req.ip, error: cause });
    if (cause instanceof MfaError) throw cause;
    throw new MfaError('store_unavailable', 'The check failed; see the cause.', { cause });
  });
  switch (outcome.status) {
    case 'done':
      return { passed: true, ...outcome.value };
    case 'refused':
      return refusal(errorOf(outcome));
    case 'barred':
      return refusal(outcome.error);
  }
}

function refusal({ status, type, message }: ReturnType<typeof errorOf>): Checked {
  return { passed: false, code: status, type, message };
}
