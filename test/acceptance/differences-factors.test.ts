import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { Client, MatrixHost } from '../support/matrix-host.ts';
import {
  answer,
  completed,
  enrollApp,
  expectError,
  makeCodes,
  newcomer,
  open,
} from '../support/sdk-story.ts';
import { totpAt } from '../support/sdk-totp.ts';

const CODES = '/v1/account/mfa/recovery-codes';
const TOTP = '/v1/account/mfa/authenticators/totp';
const MINUTE = 60_000;

/** Where the factors differ from those of Appwrite on purpose. */
describe.each(EXPRESS_NAMES)('the differences of factors on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  describe('an authenticator app', () => {
    let page: Client;
    let secret: string;
    beforeAll(async () => {
      ({ page } = await newcomer(host));
      secret = await enrollApp(host, page);
      // A minute on, no step near the enrollment is left.
      host.clock.forward(MINUTE);
    });
    const code = (steps: number) => totpAt(secret, host.clock.now + steps * 30_000);
    const prove = async (otp: string) => answer(page, await open(page, 'totp'), otp);

    it.each([-2, 2])('is not believed %i steps away', async (steps) => {
      expectError(await prove(code(steps)), 401, 'user_invalid_token');
    });

    it('is believed one step behind, here, and one step ahead, and never twice', async () => {
      for (const steps of [-1, 0, 1]) {
        const otp = code(steps);
        expect((await prove(otp)).status).toBe(200);
        expectError(await prove(otp), 401, 'user_invalid_token');
      }
    });

    it('is not believed for a step before the last one', async () => {
      expectError(await prove(code(0)), 401, 'user_invalid_token');
    });

    it('has used the step that confirmed it', async () => {
      const { page: other } = await newcomer(host);
      const { body } = await other.post(TOTP).expect(200);
      const otp = totpAt((body as { secret: string }).secret, host.clock.now);
      await other.put(TOTP, { otp }).expect(200);
      expectError(await answer(other, await open(other, 'totp'), otp), 401, 'user_invalid_token');
    });
  });

  describe('recovery codes', () => {
    it('are shown once', async () => {
      const { page } = await completed(host);
      const codes = await makeCodes(page);
      const { body, text } = await page.get(CODES).expect(200);
      expect(body).toEqual({ recoveryCodes: [], remaining: codes.length });
      for (const code of codes) expect(text).not.toContain(code);
    });

    it.each(['recoverycode', 'recoveryCode', 'RECOVERYCODE'])(
      'are asked for as %s',
      async (factor) => {
        const { page } = await newcomer(host);
        const [code] = await makeCodes(page);
        const { body } = await answer(page, await open(page, factor), code).expect(200);
        expect(body).toMatchObject({ factors: ['password', 'recoveryCode'] });
      },
    );

    it('are typed as people type', async () => {
      const { page } = await newcomer(host);
      const [code] = await makeCodes(page);
      const typed = code.toLowerCase().replaceAll('-', ' ');
      await answer(page, await open(page, 'recoveryCode'), typed).expect(200);
    });

    it('are used up one by one', async () => {
      const { page } = await newcomer(host);
      const [first, second = ''] = await makeCodes(page);
      await answer(page, await open(page, 'recoveryCode'), first).expect(200);
      await answer(page, await open(page, 'recoveryCode'), second).expect(200);
      expect((await page.get(CODES).expect(200)).body).toMatchObject({ remaining: 8 });
    });
  });
});
