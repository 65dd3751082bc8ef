import type { Delivery, FactorContext, Judgement, Parse, Prepared } from '../core/factor.ts';
import { digits } from './digits.ts';

/** What a host may set of codes that are sent. */
export interface CodeRules {
  readonly digits: number;
  readonly tries: number;
  readonly ttlMs: number;
}

/** A fresh code for a destination: the challenge keeps a keyed digest that is bound to it, never the code. */
export function sendCode(
  context: FactorContext,
  delivery: Omit<Delivery, 'code'>,
  rules: CodeRules,
): Prepared {
  const code = context.digits(rules.digits);
  return { expects: context.challengeDigest(code), deliver: { ...delivery, code } };
}

/** What e-mail and phone share: a code as it is typed, and what it presents. */
export const oneTimeCode = {
  answer: digits satisfies Parse<string>,
  /** The code is digested as the one sent was, and the store compares: a factor never knows whether it was right. */
  judge(context: FactorContext, _secret: unknown, code: string): Judgement<never> {
    return { ok: true, presents: context.challengeDigest(code, context.expects) };
  },
};
