import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import { casesOf } from '../support/sdk-errors.ts';
import type { ErrorRow } from '../support/sdk-errors.ts';
import { expectError, mailed, newcomer, pending } from '../support/sdk-story.ts';

const CHALLENGES = '/v1/account/mfa/challenges';
const EMAIL = '/v1/account/verifications/email';
const PHONE = '/v1/account/verifications/phone';
const NUMBER = '+14155552671';

const ROWS: readonly ErrorRow[] = [
  {
    status: 400,
    type: 'user_email_not_found',
    to: {
      'a challenge by e-mail without an address': async (host) => {
        const { page, user } = await newcomer(host);
        host.users.set(user.id, { ...user, email: '' });
        return page.post(CHALLENGES, { factor: 'email' });
      },
      'a confirmation of no address': async (host) => {
        const { page, user } = await newcomer(host);
        host.users.set(user.id, { ...user, email: '' });
        return page.post(EMAIL);
      },
    },
  },
  {
    status: 400,
    type: 'user_phone_not_found',
    to: {
      'a challenge by SMS without a number': async (host) =>
        (await newcomer(host)).page.post(CHALLENGES, { factor: 'phone' }),
      'a challenge by SMS when the host says null': async (host) => {
        const phone = null as unknown as string;
        return (await newcomer(host, { phone })).page.post(CHALLENGES, { factor: 'phone' });
      },
      'a confirmation of no number': async (host) => (await newcomer(host)).page.post(PHONE),
    },
  },
  {
    status: 400,
    type: 'user_email_not_verified',
    message: 'User email is not verified',
    to: {
      'a challenge by e-mail to an address nobody has proved': async (host) =>
        (await newcomer(host)).page.post(CHALLENGES, { factor: 'email' }),
    },
  },
  {
    status: 400,
    type: 'user_phone_not_verified',
    message: 'User phone is not verified',
    to: {
      'a challenge by SMS to a number nobody has proved': async (host) =>
        (await newcomer(host, { phone: NUMBER })).page.post(CHALLENGES, { factor: 'phone' }),
    },
  },
  {
    status: 409,
    type: 'user_email_already_verified',
    message: 'User email is already verified',
    to: {
      'a confirmation of an address that the host vouches for': async (host) =>
        (await newcomer(host, { emailVerified: true })).page.post(EMAIL),
      'a second confirmation of an address': async (host) => {
        const { page, user } = await newcomer(host);
        await page.post(EMAIL).expect(201);
        await page.put(EMAIL, { userId: user.id, secret: mailed(host, user) }).expect(200);
        return page.post(EMAIL);
      },
    },
  },
  {
    status: 409,
    type: 'user_phone_already_verified',
    message: 'User phone is already verified',
    to: {
      'a confirmation of a number that the host vouches for': async (host) =>
        (await newcomer(host, { phone: NUMBER, phoneVerified: true })).page.post(PHONE),
    },
  },
  {
    status: 503,
    type: 'general_smtp_disabled',
    to: {
      'a mailbox that the mail server refuses': async (host) => {
        const { page, user } = await pending(host);
        host.inbox.refuse(user.email, 550);
        return page.post(CHALLENGES, { factor: 'email' });
      },
    },
  },
];

/** What a host answers that has neither senders nor room for a changed number. */
const BARE: readonly ErrorRow[] = [
  {
    status: 503,
    type: 'general_smtp_disabled',
    message: 'SMTP disabled',
    to: {
      'a challenge by e-mail': async (host) =>
        (await newcomer(host, { emailVerified: true })).page.post(CHALLENGES, { factor: 'email' }),
      'a confirmation of an address': async (host) => (await newcomer(host)).page.post(EMAIL),
    },
  },
  {
    status: 503,
    type: 'general_phone_disabled',
    message: 'Phone provider not configured',
    to: {
      'a challenge by SMS': async (host) =>
        (await newcomer(host, { phone: NUMBER, phoneVerified: true })).page.post(CHALLENGES, {
          factor: 'phone',
        }),
      'a confirmation of a number': async (host) =>
        (await newcomer(host, { phone: NUMBER })).page.post(PHONE),
    },
  },
  {
    status: 501,
    type: 'user_auth_method_unsupported',
    to: {
      'a new number': async (host) => {
        const { page, user } = await newcomer(host);
        return page.patch('/v1/account/phone', { phone: NUMBER, password: user.password });
      },
    },
  },
];

describe.each(EXPRESS_NAMES)('the errors about addresses and numbers on %s', (express) => {
  let host: MatrixHost;
  let bare: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
    bare = await startMatrixHost(express, { email: undefined, sms: undefined, takesPhones: false });
  });
  afterAll(() => Promise.all([host.close(), bare.close()]));

  it.each(casesOf(ROWS))('are $status $type for $situation', async (row) => {
    expectError(await row.ask(host), row.status, row.type, row.message);
  });

  it.each(casesOf(BARE))('are $status $type for $situation, without a way', async (row) => {
    expectError(await row.ask(bare), row.status, row.type, row.message);
  });
});
