import type { LimitOptions } from '../../lib/limit-options.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import {
  addUser,
  answer,
  challenge,
  codeMessages,
  sentCode,
  signIn,
  switchOn,
} from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';

const HOUR = 3_600_000;
/** What a limit is where a host sets none. */
const DEFAULT = undefined;

describe.each(EXPRESS)('the network of a caller on %s', (_name, framework) => {
  const apps: TestApp[] = [];
  async function start(limits: LimitOptions, proxies = 1): Promise<TestApp> {
    const app = await startApp({ framework, limits: { ...UNLIMITED, ...limits } });
    app.app.set('trust proxy', proxies);
    apps.push(app);
    return app;
  }
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

  /** As the proxy before the app sends it on: what it saw stands last. */
  const through = <T extends { set(name: string, value: string): T }>(request: T, seen: string) =>
    request.set('x-forwarded-for', seen);

  /** A password that is wrong, from these addresses one after the other. */
  async function guesses(app: TestApp, addresses: readonly string[]): Promise<readonly number[]> {
    const statuses: number[] = [];
    for (const address of addresses) {
      const guess = { email: `user-${statuses.length}@example.com`, password: 'not this one' };
      const tried = app.browser().post('/v1/account/sessions/email', guess);
      statuses.push((await through(tried, address)).status);
    }
    return statuses;
  }

  describe('with three failures an hour for each', () => {
    let app: TestApp;
    beforeEach(async () => {
      app = await start({ failures: [{ limit: 3, windowMs: HOUR }] });
    });

    it.each([
      [
        'an IPv6 /64',
        ['2001:db8:1:2::1', '2001:DB8:1:2:0:0:0:2', '2001:db8:1:2:ffff::', '2001:db8:1:2:a:b:c:d'],
        '2001:db8:1:3::1',
      ],
      [
        'an IPv4 address, written as IPv6 or not',
        ['::ffff:192.0.2.1', '192.0.2.1', '::ffff:c000:201', '::FFFF:192.0.2.1'],
        '::ffff:192.0.2.2',
      ],
      [
        'what the proxy adds, whatever stands before it',
        ['192.0.2.1', '198.51.100.1, 192.0.2.1', '2001:db8::1, 192.0.2.1', 'x,, 192.0.2.1'],
        '192.0.2.1, 192.0.2.2',
      ],
    ])('is one for %s [THR-9] [A47]', async (_what, addresses, elsewhere) => {
      expect(await guesses(app, addresses)).toEqual([401, 401, 401, 429]);
      expect(await guesses(app, [elsewhere])).toEqual([401]);
    });

    it('is another for each of two public addresses [THR-9]', async () => {
      const [one, two] = ['192.0.2.1', '192.0.2.2'];
      expect(await guesses(app, [one, two, one, two, one, two])).toEqual(Array(6).fill(401));
      expect(await guesses(app, [one, two])).toEqual([429, 429]);
    });

    it('is not used up by whoever names it before what the proxy adds [THR-9] [A47]', async () => {
      const forged = Array<string>(4).fill('192.0.2.1, 192.0.2.2');
      expect(await guesses(app, forged)).toEqual([401, 401, 401, 429]);
      expect(await guesses(app, ['192.0.2.1'])).toEqual([401]);
    });
  });

  it('is none by what a header says where no proxy is trusted [THR-9] [A47]', async () => {
    const app = await start({ failures: [{ limit: 3, windowMs: HOUR }] }, 0);
    expect(await guesses(app, Array<string>(5).fill('192.0.2.1'))).toEqual(Array(5).fill(401));
  });

  /** A new user's browser that still lacks the second factor. */
  async function pending(app: TestApp): Promise<Browser> {
    const user = addUser(app, { emailVerified: true });
    const [owner, browser] = [app.browser(), app.browser()];
    await signIn(owner, user);
    await switchOn(owner);
    await signIn(browser, user);
    return browser;
  }

  /** Such a browser with a code in its user's mailbox. */
  async function asked(app: TestApp) {
    const browser = await pending(app);
    return { browser, id: await challenge(browser, 'email'), code: sentCode(app) };
  }

  it('may answer wrong 30 times in 10 minutes, over as many users: of the next no code is judged, but from elsewhere [THR-10]', async () => {
    const app = await start({ failures: DEFAULT });
    for (let n = 0; n < 30; n += 1) {
      const { browser, id, code } = await asked(app);
      await through(answer(browser, id, otherThan(code)), '192.0.2.1').expect(401);
    }
    const last = await asked(app);
    const barred = await through(answer(last.browser, last.id, last.code), '192.0.2.1');
    expect([barred.status, barred.headers['retry-after']]).toEqual([429, '600']);
    expect(barred.body).toMatchObject({ code: 429, retryAfter: 600 });
    await last.browser.get('/reports').expect(401);
    await through(answer(last.browser, last.id, last.code), '192.0.2.2').expect(200);
    await last.browser.get('/reports').expect(200);

    app.clock.forward(600_000);
    const later = await asked(app);
    await through(answer(later.browser, later.id, later.code), '192.0.2.1').expect(200);
  });

  it.each([
    ['10 codes an hour', 'network', 10],
    ['codes to 5 destinations an hour', 'destinationsPerNetwork', 5],
  ] as const)(
    'gets %s, whoever asks: for the next the transport is not called [DEL-2]',
    async (_what, limit, most) => {
      const app = await start({ [limit]: DEFAULT });
      const ask = async (address: string) => {
        const browser = await pending(app);
        return through(browser.post('/v1/account/mfa/challenges', { factor: 'email' }), address);
      };
      for (let n = 0; n < most; n += 1) expect((await ask('192.0.2.1')).status).toBe(201);
      expect(codeMessages(app.outbox)).toHaveLength(most);
      const refused = await ask('192.0.2.1');
      expect([refused.status, refused.headers['retry-after']]).toEqual([429, '3600']);
      expect(codeMessages(app.outbox)).toHaveLength(most);
      expect(app.events.at(-1)).toMatchObject({
        type: 'challenge_refused',
        reason: `limit ${limit}`,
        ip: '192.0.2.1',
      });
      expect((await ask('192.0.2.2')).status).toBe(201);
      expect(codeMessages(app.outbox)).toHaveLength(most + 1);
    },
  );
});

/** A code of the same form that is wrong. */
function otherThan(code: string): string {
  return `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
}
