import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import { casesOf } from '../support/sdk-errors.ts';
import type { ErrorRow } from '../support/sdk-errors.ts';
import { answer, expectError, mailed, newcomer, open, pending } from '../support/sdk-story.ts';

const SESSIONS = '/v1/account/sessions/email';
const CHALLENGES = '/v1/account/mfa/challenges';
const TOTP = '/v1/account/mfa/authenticators/totp';
const PHONE = '/v1/account/verifications/phone';

const ROWS: readonly ErrorRow[] = [
  {
    status: 400,
    type: 'general_argument_invalid',
    message: 'Param "otp" is not optional.',
    to: {
      'an answer without a code': async (host) =>
        (await pending(host)).page.put(CHALLENGES, { challengeId: 'a' }),
      'a confirmation without a code': async (host) => (await newcomer(host)).page.put(TOTP),
    },
  },
  {
    status: 400,
    type: 'general_argument_invalid',
    message: 'Invalid `mfa` param: expected boolean.',
    to: {
      'a switch that is a text': async (host) =>
        (await newcomer(host)).page.patch('/v1/account/mfa', { mfa: 'true' }),
      'a switch that is a number': async (host) =>
        (await newcomer(host)).page.patch('/v1/account/mfa', { mfa: 1 }),
    },
  },
  {
    status: 400,
    type: 'general_argument_invalid',
    to: {
      'an unknown factor': async (host) =>
        (await newcomer(host)).page.post(CHALLENGES, { factor: 'custom' }),
      'an unknown authenticator': async (host) =>
        (await newcomer(host)).page.post('/v1/account/mfa/authenticators/push'),
      'a body that is no JSON': async (host) =>
        (await newcomer(host)).page.post(CHALLENGES).send('{"factor"'),
      'a sign-in without address or password': (host) => host.client().post(SESSIONS),
      'a code that is a number': async (host) => {
        const { page, user } = await pending(host);
        const id = await open(page, 'email');
        return answer(page, id, Number(mailed(host, user)));
      },
      'a number that is none': async (host) => {
        const { page, user } = await newcomer(host);
        return page.patch('/v1/account/phone', { phone: '0123', password: user.password });
      },
      'a number of a country that gets no messages': async (host) =>
        (await newcomer(host, { phone: '+4915123456789' })).page.post(PHONE),
    },
  },
];

describe.each(EXPRESS_NAMES)('the errors about arguments on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  it.each(casesOf(ROWS))('are $status $type for $situation', async (row) => {
    expectError(await row.ask(host), row.status, row.type, row.message);
  });
});
