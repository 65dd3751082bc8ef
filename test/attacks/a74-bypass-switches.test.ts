import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCodes,
  challenge,
  expected,
  guardOf,
  sentCode,
  signedIn,
  switchOn,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';

const TEST_CODES = ['000000', '111111', '123456', '654321', '999999', '424242', '012345'];
const SWITCHES: Readonly<Record<string, string>> = {
  'x-debug': '1',
  'x-test': 'true',
  'x-mfa': 'skip',
  'x-mfa-bypass': 'true',
  'x-skip-mfa': '1',
  'x-env': 'test',
  'x-node-env': 'development',
  'x-appwrite-dev-key': 'dev',
  'x-appwrite-mode': 'admin',
  'x-internal': '1',
  'x-original-url': '/v1/account/mfa',
  'x-rewrite-url': '/public',
  'x-forwarded-for': '127.0.0.1',
  'x-user-id': 'admin',
  authorization: 'Bearer test',
  'user-agent': 'Playwright',
};
const QUERY = '?debug=1&test=true&mfa=false&skip=1&env=test&NODE_ENV=test&bypass=true';

describe.each(['development', 'production'])('with NODE_ENV "%s"', (environment) => {
  describeWithRedis('[A74] a switch that would open everything', () => {
    const processes = twoProcesses({
      NODE_ENV: environment,
      MFA_DISABLED: '1',
      DISABLE_MFA: 'true',
    });
    // TLS ends before them.
    const start = () => processes.site({ options: { hosting: { allowHttp: true } } });

    it('is no header, query or cookie [VER-11]', async () => {
      const site = await start();
      const { user } = await userWithTotp(site, { email: 'test@example.com' });
      const half = await signedIn(site, user);
      const cookie = `connect.sid=${half.cookie}; mfa=true; debug=1; remember=1; trusted=1`;
      const tries = Object.entries({ ...SWITCHES, cookie }).map(([k, v]) => ({ [k]: v }));
      for (const headers of [...tries, { ...SWITCHES, cookie }]) {
        for (const path of [`/reports${QUERY}`, `/v1/account${QUERY}`]) {
          const { status } = await half.get(path, headers);
          expect([headers, path, status]).toEqual([headers, path, 401]);
        }
      }
    });

    it('is no code for tests, by app or by mail, whoever signs in [VER-11]', async () => {
      const site = await start();
      const { user, owner, secret } = await userWithTotp(site, {
        email: 'test@example.com',
        emailVerified: true,
      });
      await switchOn(owner);
      for (const factor of ['totp', 'email']) {
        const half = await signedIn(site, user);
        const id = await challenge(half, factor);
        const right = factor === 'totp' ? appCodes(site, secret, -1, 1) : [sentCode(site)];
        const codes = TEST_CODES.filter((code) => !right.includes(code));
        for (const otp of codes.slice(0, 4)) expected(await answer(half, id, otp), 401);
        expect(await guardOf(half)).toBe(401);
      }
    });
  });
});
