import type { Refusal } from '../core/outcome.ts';
import { errorOf } from '../http/error-types.ts';

/** The status of a page that says of a refusal what it is: that of the endpoint, where it is no sign-in. */
export function statusOf(refusal: Refusal): number {
  return errorOf(refusal).status;
}
