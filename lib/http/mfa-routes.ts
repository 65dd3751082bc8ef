import { answerChallenge } from '../core/commands/answer-challenge.ts';
import {
  listAuthenticators,
  removeAuthenticator,
  renameAuthenticator,
} from '../core/commands/authenticators.ts';
import { confirmEnrollment } from '../core/commands/confirm-enrollment.ts';
import { enroll } from '../core/commands/enroll.ts';
import { listFactors } from '../core/commands/list-factors.ts';
import { openChallenge } from '../core/commands/open-challenge.ts';
import { remainingCodes, replaceCodes } from '../core/commands/recovery-codes.ts';
import type { Engine } from '../core/engine.ts';
import { done } from '../core/outcome.ts';
import { userOf } from './account-routes.ts';
import { authenticatorModel, challengeModel, factorsModel, sessionModel } from './models.ts';
import { replied, withBody } from './route.ts';
import type { Route } from './route.ts';
import {
  authenticatorName,
  challengeAnswer,
  enrollmentAnswer,
  newAuthenticator,
  newChallenge,
} from './schemas.ts';

const RECOVERY = 'recoveryCode';

/** The routes of factors, authenticators, challenges and recovery codes. */
export function mfaRoutes(engine: Engine) {
  // Every SDK sends `recoverycode`, every document says `recoveryCode`: the case does not count.
  const typeOf = (text: string | undefined): string =>
    [...engine.factors.keys()].find((type) => type.toLowerCase() === text?.toLowerCase()) ??
    text ??
    '';

  return {
    listFactors: async ({ caller }) =>
      replied(await listFactors(engine, caller), 200, factorsModel),

    openChallenge: withBody(engine, 'pending', newChallenge, async ({ caller, wanted }) => {
      const about = { factor: typeOf(wanted.factor), authenticator: wanted.authenticatorId };
      return replied(await openChallenge(engine, caller, about), 201, challengeModel);
    }),

    answerChallenge: withBody(engine, 'pending', challengeAnswer, async ({ caller, wanted }) => {
      const { challengeId, otp: answer } = wanted;
      const outcome = await answerChallenge(engine, caller, { challengeId, answer });
      return replied(outcome, 200, ({ record, facts }) =>
        sessionModel(record, facts, { current: true, ...engine.settings.lifetimes }),
      );
    }),

    listAuthenticators: async ({ caller }) =>
      replied(await listAuthenticators(engine, caller), 200, (views) => ({
        total: views.length,
        authenticators: views.map(authenticatorModel),
      })),

    enroll: withBody(
      engine,
      'complete',
      newAuthenticator,
      async ({ caller, params, body, wanted }) => {
        const about = { factor: typeOf(params.type), name: wanted.name, input: body };
        return replied(await enroll(engine, caller, about), 200, ({ reveal, challenge }) => ({
          ...(challenge ? challengeModel(challenge) : {}),
          ...reveal,
        }));
      },
    ),

    confirm: withBody(engine, 'complete', enrollmentAnswer, async ({ caller, params, wanted }) => {
      const about = { factor: typeOf(params.type), answer: wanted.otp };
      const outcome = await confirmEnrollment(engine, caller, about);
      return replied(outcome, 200, (value) => userOf(engine, value));
    }),

    rename: withBody(engine, 'complete', authenticatorName, async ({ caller, params, wanted }) => {
      const about = { id: params.type ?? '', name: wanted.name };
      return replied(await renameAuthenticator(engine, caller, about), 200, authenticatorModel);
    }),

    remove: async ({ caller, params }) => {
      const outcome = await removeAuthenticator(engine, caller, typeOf(params.type));
      return outcome.status === 'refused' ? outcome : done({ code: 204 }, outcome.pointer);
    },

    createCodes: async ({ caller }) =>
      replied(
        await enroll(engine, caller, { factor: RECOVERY, input: {} }),
        201,
        ({ reveal }) => reveal,
      ),

    replaceCodes: async ({ caller }) =>
      replied(await replaceCodes(engine, caller, RECOVERY), 200, (reveal) => reveal),

    countCodes: async ({ caller }) =>
      replied(await remainingCodes(engine, caller, RECOVERY), 200, (remaining) => ({
        recoveryCodes: [],
        remaining,
      })),
  } satisfies Record<string, Route>;
}
