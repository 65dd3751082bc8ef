import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import { casesOf } from '../support/sdk-errors.ts';
import type { ErrorRow } from '../support/sdk-errors.ts';
import { completed, enrollApp, expectError, makeCodes, newcomer } from '../support/sdk-story.ts';

const CODES = '/v1/account/mfa/recovery-codes';
const TOTP = '/v1/account/mfa/authenticators/totp';

const ROWS: readonly ErrorRow[] = [
  {
    status: 409,
    type: 'user_authenticator_already_verified',
    message: 'This authenticator is already verified on the current user.',
    to: {
      'a second app of the same name': async (host) => {
        const { page } = await newcomer(host);
        await enrollApp(host, page);
        return page.post(TOTP);
      },
      'a second confirmation': async (host) => {
        const { page } = await newcomer(host);
        await enrollApp(host, page);
        return page.put(TOTP, { otp: '123456' });
      },
    },
  },
  {
    status: 404,
    type: 'user_authenticator_not_found',
    message: 'Authenticator could not be found on the current user.',
    to: {
      'confirming none': async (host) => (await newcomer(host)).page.put(TOTP, { otp: '123456' }),
      'removing none': async (host) => (await newcomer(host)).page.delete(TOTP),
    },
  },
  {
    status: 409,
    type: 'user_recovery_codes_already_exists',
    message:
      'The current user already generated recovery codes and they can only be read once for security reasons.',
    to: {
      'a second set of codes': async (host) => {
        const { page } = await completed(host);
        await makeCodes(page);
        return page.post(CODES);
      },
    },
  },
  {
    status: 404,
    type: 'user_recovery_codes_not_found',
    message: 'Recovery codes could not be found on the current user.',
    to: {
      'reading codes that were never made': async (host) => (await completed(host)).page.get(CODES),
      'replacing codes that were never made': async (host) =>
        (await completed(host)).page.patch(CODES),
    },
  },
];

describe.each(EXPRESS_NAMES)('the errors about authenticators on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  it.each(casesOf(ROWS))('are $status $type for $situation', async (row) => {
    expectError(await row.ask(host), row.status, row.type, row.message);
  });
});
