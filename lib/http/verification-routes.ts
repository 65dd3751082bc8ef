import { confirmEnrollment } from '../core/commands/confirm-enrollment.ts';
import { enroll } from '../core/commands/enroll.ts';
import { refused } from '../core/outcome.ts';
import type { FactorType } from '../core/vocabulary.ts';
import { confirmationModel, tokenModel } from './models.ts';
import { replied, withBody } from './route.ts';
import type { Route } from './route.ts';
import { verificationAnswer } from './schemas.ts';

/** The confirmation of the account's own address or number, which is enrolling it as this factor. */
export function verificationRoutes(factor: FactorType) {
  return {
    start: async ({ engine, caller }) =>
      replied(await enroll(engine, caller, { factor, input: {} }), 201, tokenModel),

    finish: withBody('complete', verificationAnswer, async ({ engine, caller, wanted }) => {
      const { userId, secret: answer } = wanted;
      const outcome = await confirmEnrollment(engine, caller, { factor, userId, answer });
      // A secret that was used, replaced or never sent is as wrong as any other.
      const gone = outcome.status === 'refused' && GONE.has(outcome.reason);
      return gone ? refused('invalid') : replied(outcome, 200, confirmationModel);
    }),
  } satisfies Record<string, Route>;
}

const GONE: ReadonlySet<string> = new Set(['no-authenticator', 'authenticator-exists']);
