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
export const mfaRoutes = {
  listFactors: async ({ engine, caller }) =>
    replied(await listFactors(engine, caller), 200, factorsModel),

  openChallenge: withBody('pending', newChallenge, async ({ engine, caller, wanted }) => {
    const about = { factor: typeOf(engine, wanted.factor), authenticator: wanted.authenticatorId };
    return replied(await openChallenge(engine, caller, about), 201, challengeModel);
  }),

  answerChallenge: withBody('pending', challengeAnswer, async ({ engine, caller, wanted }) => {
    const { challengeId, otp: answer } = wanted;
    const outcome = await answerChallenge(engine, caller, { challengeId, answer });
    return replied(outcome, 200, ({ record, facts }) =>
      sessionModel(record, facts, { current: true, ...engine.settings.lifetimes }),
    );
  }),

  listAuthenticators: async ({ engine, caller }) =>
    replied(await listAuthenticators(engine, caller), 200, (views) => ({
      total: views.length,
      authenticators: views.map(authenticatorModel),
    })),

  enroll: withBody(
    'complete',
    newAuthenticator,
    async ({ engine, caller, params, body, wanted }) => {
      const about = { factor: typeOf(engine, params.type), name: wanted.name, input: body };
      return replied(await enroll(engine, caller, about), 200, ({ reveal, challenge }) => ({
        ...(challenge ? challengeModel(challenge) : {}),
        ...reveal,
      }));
    },
  ),

  confirm: withBody('complete', enrollmentAnswer, async ({ engine, caller, params, wanted }) => {
    const about = { factor: typeOf(engine, params.type), answer: wanted.otp };
    const outcome = await confirmEnrollment(engine, caller, about);
    return replied(outcome, 200, (value) => userOf(engine, value));
  }),

  rename: withBody('complete', authenticatorName, async ({ engine, caller, params, wanted }) => {
    const about = { id: params.type ?? '', name: wanted.name };
    return replied(await renameAuthenticator(engine, caller, about), 200, authenticatorModel);
  }),

  remove: async ({ engine, caller, params }) => {
    const outcome = await removeAuthenticator(engine, caller, typeOf(engine, params.type));
    return outcome.status === 'refused' ? outcome : done({ code: 204 }, outcome.pointer);
  },

  createCodes: async ({ engine, caller }) =>
    replied(
      await enroll(engine, caller, { factor: RECOVERY, input: {} }),
      201,
      ({ reveal }) => reveal,
    ),

  replaceCodes: async ({ engine, caller }) =>
    replied(await replaceCodes(engine, caller, RECOVERY), 200, (reveal) => reveal),

  countCodes: async ({ engine, caller }) =>
    replied(await remainingCodes(engine, caller, RECOVERY), 200, (remaining) => ({
      recoveryCodes: [],
      remaining,
    })),
} satisfies Record<string, Route>;

/** Every SDK sends `recoverycode`, every document says `recoveryCode`: the case does not count. */
function typeOf({ factors }: Engine, text: string | undefined): string {
  const type = [...factors.keys()].find((key) => key.toLowerCase() === text?.toLowerCase());
  return type ?? text ?? '';
}
