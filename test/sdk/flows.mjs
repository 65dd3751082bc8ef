import { accountFlows } from './flows-account.mjs';
import { namedFlows, nestedFlows } from './flows-objects.mjs';
import { signInFlows } from './flows-sign-in.mjs';

/** The flows of one SDK by title: those of every version, and those of what this one can call. */
export function flowsFor({ sdk }) {
  const methods = sdk.Account.prototype;
  return {
    ...signInFlows,
    ...accountFlows(methods),
    ...('listMFAFactors' in methods ? namedFlows : nestedFlows),
  };
}
