import { EXPRESS_NAMES, startMatrixHost } from '../support/matrix-host.ts';
import type { MatrixHost } from '../support/matrix-host.ts';
import {
  answer,
  completed,
  expectError,
  mailed,
  makeCodes,
  newcomer,
  open,
  otherThan,
  pending,
  signIn,
  texted,
} from '../support/sdk-story.ts';

const MINUTE = 60_000;

/** Where the challenges differ from those of Appwrite on purpose. */
describe.each(EXPRESS_NAMES)('the differences of challenges on %s', (express) => {
  let host: MatrixHost;
  beforeAll(async () => {
    host = await startMatrixHost(express);
  });
  afterAll(() => host.close());

  describe('a challenge', () => {
    it('is over after ten minutes, and not before', async () => {
      const { page, user } = await completed(host);
      const answerAfter = async (ms: number) => {
        host.clock.forward(MINUTE);
        const id = await open(page, 'email');
        host.clock.forward(ms);
        return answer(page, id, mailed(host, user));
      };
      expect((await answerAfter(10 * MINUTE - 1)).status).toBe(200);
      expectError(await answerAfter(10 * MINUTE), 401, 'user_invalid_token');
    });

    it('comes too late when the session has waited ten minutes for it', async () => {
      const { page } = await pending(host);
      host.clock.forward(10 * MINUTE - 1);
      await page.get('/v1/account/mfa/factors').expect(200);
      host.clock.forward(1);
      const late = await page.post('/v1/account/mfa/challenges', { factor: 'email' });
      expectError(late, 401, 'general_unauthorized_scope');
    });

    it('says when it is over', async () => {
      const { page } = await pending(host);
      const { body } = await page.post('/v1/account/mfa/challenges', { factor: 'email' });
      const { $createdAt, expire } = body as Record<string, string>;
      expect(Date.parse(expire ?? '') - Date.parse($createdAt ?? '')).toBe(10 * MINUTE);
    });

    it('is answered by the session that asked, not by another of the same user', async () => {
      const { page, user } = await pending(host);
      const id = await open(page, 'email');
      const other = await signIn(host, user);
      expectError(await answer(other, id, mailed(host, user)), 401, 'user_invalid_token');
      await answer(page, id, mailed(host, user)).expect(200);
    });

    it('is answered by its user, not by another', async () => {
      const { page, user } = await pending(host);
      const id = await open(page, 'email');
      const other = await pending(host);
      expectError(await answer(other.page, id, mailed(host, user)), 401, 'user_invalid_token');
      await answer(page, id, mailed(host, user)).expect(200);
    });

    it('proves nothing when it was made to confirm an address', async () => {
      const phone = '+14155552671';
      const { page, user } = await completed(host, { phone });
      const enrolling = await page.post('/v1/account/verifications/phone').expect(201);
      const { $id } = enrolling.body as { $id: string };
      const code = texted(host, phone);
      expectError(await answer(page, $id, code), 401, 'user_invalid_token');
      const secret = { userId: user.id, secret: code };
      await page.put('/v1/account/verifications/phone', secret).expect(200);
    });

    it('lets one of twenty right answers at once through, again and again', async () => {
      for (let round = 0; round < 3; round++) {
        const { page, user } = await pending(host);
        const id = await open(page, 'email');
        const code = mailed(host, user);
        const answers = await Promise.all(Array.from({ length: 20 }, () => answer(page, id, code)));
        const accepted = answers.filter(({ status }) => status === 200);
        expect(accepted).toHaveLength(1);
        expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
      }
    });

    it('is void after five wrong answers, and its factor rests', async () => {
      const { page, user } = await pending(host);
      const id = await open(page, 'email');
      const code = mailed(host, user);
      for (let n = 0; n < 5; n++) await answer(page, id, otherThan(code)).expect(401);
      expectError(await answer(page, id, code), 401, 'user_invalid_token');
      const locked = await page.post('/v1/account/mfa/challenges', { factor: 'email' });
      expectError(locked, 429, 'general_rate_limit_exceeded');
      expect(locked.headers['retry-after']).toBe('30');
    });

    it('lets recovery codes never rest, for they are the last way in and nobody guesses them', async () => {
      const { page } = await newcomer(host);
      const [code] = await makeCodes(page);
      for (let failures = 1; failures <= 25; failures++)
        await answer(page, await open(page, 'recoveryCode'), 'WRONG').expect(401);
      await answer(page, await open(page, 'recoveryCode'), code).expect(200);
    });

    it('is refused alike whether wrong, used, unknown or of another user', async () => {
      const { page, user } = await pending(host);
      const id = await open(page, 'email');
      const code = mailed(host, user);
      const foreign = await open((await pending(host)).page, 'email');
      const refusals = [
        await answer(page, id, otherThan(code)),
        await answer(page, 'unknown', code),
        await answer(page, foreign, code),
      ];
      await answer(page, id, code).expect(200);
      refusals.push(await answer(page, id, code));
      expect(new Set(refusals.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    });
  });
});
