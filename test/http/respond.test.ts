import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, HostUser, TestApp } from '../support/app.ts';
import { totpCode, userWithTotp } from '../support/story.ts';

const SESSIONS = '/v1/account/sessions';
const CURRENT = '/v1/account/sessions/current';
const CHALLENGES = '/v1/account/mfa/challenges';

type Step = readonly [
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  status: number,
  body?: object,
];

describe.each(EXPRESS)('what begins, raises and ends sessions on %s', (_name, framework) => {
  let app: TestApp;
  let user: HostUser;
  let secret: string;
  let owner: Browser;
  beforeEach(async () => {
    app = await startApp({ framework });
    ({ user, secret, browser: owner } = await userWithTotp(app));
  });
  afterEach(() => app.close());

  /** Each is answered as expected, and no cache may keep it; what the last one said. */
  async function expectNotKept(browser: Browser, steps: readonly Step[]): Promise<unknown> {
    let last: unknown;
    for (const [method, path, status, sent = {}] of steps) {
      const answered = await browser[method](path, sent);
      const { 'cache-control': kept } = answered.headers as Record<string, string>;
      expect([method, path, answered.status, kept]).toEqual([method, path, status, 'no-store']);
      last = answered.body;
    }
    return last;
  }

  it.each([`${SESSIONS}/email`, SESSIONS])(
    'is kept by no cache: a sign-in by %s [TRN-2]',
    async (path) => {
      const browser = app.browser();
      const { email, password } = user;
      await expectNotKept(browser, [
        ['post', path, 400],
        ['post', path, 401, { email, password: 'not this one' }],
        ['post', path, 201, { email, password }],
        ['get', CURRENT, 401],
      ]);
      const opened = await expectNotKept(browser, [['post', CHALLENGES, 201, { factor: 'totp' }]]);
      const { $id: challengeId } = opened as { $id: string };
      await expectNotKept(browser, [
        ['put', CHALLENGES, 401, { challengeId: 'none', otp: '123456' }],
        ['put', CHALLENGES, 200, { challengeId, otp: totpCode(app, secret) }],
        ['post', path, 401, { email, password }],
        ['get', CURRENT, 200],
      ]);
    },
  );

  it('is kept by no cache: the end of one session, of another and of all [TRN-2]', async () => {
    const { email, password } = user;
    const elsewhere = app.browser();
    const begun = await expectNotKept(elsewhere, [['post', SESSIONS, 201, { email, password }]]);
    const other = `${SESSIONS}/${(begun as { $id: string }).$id}`;
    await expectNotKept(owner, [
      ['delete', `${SESSIONS}/none`, 404],
      ['get', other, 200],
      ['delete', other, 204],
      ['get', other, 404],
      ['delete', SESSIONS, 204],
      ['delete', SESSIONS, 401],
      ['get', SESSIONS, 401],
    ]);
    await expectNotKept(elsewhere, [
      ['post', SESSIONS, 201, { email, password }],
      ['delete', CURRENT, 204],
      ['delete', CURRENT, 401],
    ]);
  });

  it('is kept by no cache: a refusal for its origin, and a fault [TRN-2]', async () => {
    for (const [method, path] of [
      ['post', `${SESSIONS}/email`],
      ['post', SESSIONS],
      ['delete', SESSIONS],
      ['delete', CURRENT],
    ] as const) {
      const foreign = await owner.agent[method](path)
        .set('origin', 'https://evil.example')
        .send({});
      expect([foreign.status, foreign.headers['cache-control']]).toEqual([403, 'no-store']);
    }
    app.clock.now = NaN;
    await expectNotKept(owner, [
      ['get', SESSIONS, 503],
      ['delete', SESSIONS, 503],
      ['post', SESSIONS, 503, { email: user.email, password: user.password }],
    ]);
  });
});
