import { memoryStore } from '../../lib/index.ts';
import { EXPRESS } from '../support/app.ts';
import { nextOf } from '../support/next-of.ts';
import { addUser, totpCode } from '../support/story.ts';
import { Reader } from './reader.ts';
import { setUpApp, startSite, userWithApp } from './site.ts';
import type { PagesSite } from './site.ts';

const GETS = [
  '',
  '/challenge',
  '/set-up',
  '/set-up/totp',
  '/set-up/email',
  '/recovery-codes',
  '/nowhere',
  '/set-up/%ff',
];
const POSTS = [
  '/challenge',
  '/challenge/send',
  '/mfa',
  '/authenticators/x/rename',
  '/authenticators/x/remove',
  '/sessions/end',
  '/sign-out',
  '/set-up/totp',
  '/set-up/totp/confirm',
  '/recovery-codes',
];
const EVIL = '"><script>alert(1)</script>';

describe.each(EXPRESS)('the pages on %s', (name, framework) => {
  let site: PagesSite;
  const start = async (settings: Parameters<typeof startSite>[0] = {}): Promise<PagesSite> => {
    site = await startSite({ framework, ...settings });
    return site;
  };
  afterEach(() => site.close());

  it('are framed by nobody, kept by no cache, and load nothing from elsewhere [TRN-2] [TRN-3] [A62] [A63]', async () => {
    const { reader } = await userWithApp(await start());
    for (const path of GETS) {
      const { headers } = await reader.open(`/security${path}`);
      expect([path, headers]).toEqual([
        path,
        expect.objectContaining({
          'cache-control': 'no-store',
          'content-security-policy': expect.stringMatching(
            /^default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
          ) as unknown,
          'cross-origin-opener-policy': 'same-origin',
          'referrer-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
        }),
      ]);
      expect(reader.page.html).not.toMatch(
        /<style|<script(?! defer)| style="| on\w+="|https?:\/\/(?!www\.w3\.org)/,
      );
    }
  });

  it('change nothing and send nothing by GET [TRN-1]', async () => {
    const store = memoryStore();
    const changing = ['open', 'settle', 'save', 'end', 'remember', 'withdraw', 'spend'] as const;
    const called: string[] = [];
    const watched = Object.fromEntries(
      changing.map((verb) => [
        verb,
        (...args: never[]) => {
          called.push(verb);
          return (store[verb] as (...all: never[]) => unknown)(...args);
        },
      ]),
    );
    await start({ store: { ...store, ...watched } as typeof store });
    const { user } = await userWithApp(site);
    const [pending, reader] = [await site.reader(user), await site.reader(addUser(site))];
    called.length = 0;
    const { length } = site.outbox;
    for (const path of [...GETS, ...POSTS]) {
      await reader.open(`/security${path}`);
      await pending.open(`/security${path}`);
    }
    expect([called, site.outbox.length]).toEqual([[], length]);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of a sub-domain', { origin: 'https://x.acme.example', 'sec-fetch-site': 'same-site' }],
    ['of an opaque origin', { origin: 'null' }],
    ['that names no origin', {}],
  ])('take no form %s [TRN-1] [A65]', async (_what, headers) => {
    await start({ csrf: { anyClient: true } });
    const { reader, secret } = await userWithApp(site);
    const code = totpCode(site, secret);
    for (const path of POSTS) {
      const request = reader.browser.agent.post(`/security${path}`).type('form').set(headers);
      const { status, text } = await request.send({ mfa: 'off', code });
      const told = expect.stringContaining('another site') as unknown;
      expect([path, status, text]).toEqual([path, 403, told]);
    }
    expect((await reader.open('/account')).path).toBe('/account');
  });

  it('take a form of any origin that the app lists, and read neither JSON nor files', async () => {
    await start({ csrf: { origins: ['https://app.example'] } });
    const { agent } = (await site.reader(addUser(site))).browser;
    const listed = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' };
    const out = await agent.post('/security/sign-out').type('form').set(listed).send({});
    const json = await agent.post('/security/mfa').set(listed).send({ mfa: 'on' });
    expect([out, json].map(({ text }) => nextOf(text))).toEqual([
      '/login',
      '/login?returnTo=%2Fsecurity',
    ]);
  });

  it('end the way of a form before they leave for the app, which may send on elsewhere [TRN-3]', async () => {
    await start({ pages: { login: '/login?by=mail&as=user' } });
    const reader = await site.reader(addUser(site, { emailVerified: true }));
    const { agent, origin } = reader.browser;
    const send = (path: string, fields: object) =>
      agent.post(`/security${path}`).type('form').set({ origin }).send(fields);
    const within = await send('/mfa', { mfa: 'on' });
    expect([within.status, within.headers.location]).toEqual([303, '/security/?done=switchedOn']);
    const out = await send('/sign-out', {});
    expect([out.status, nextOf(out.text)]).toEqual([200, '/login?by=mail&as=user']);
    expect(out.text).toContain('<a class="button" href="/login?by=mail&amp;as=user">Continue</a>');
    expect(out.headers['content-security-policy']).toContain("form-action 'self'");
  });

  it('show what others chose as text, in pages, attributes and links [A38]', async () => {
    await start({ issuer: `A<b>${'&'}` });
    const user = addUser(site, { email: 'a@example.com', name: EVIL });
    const reader = await site.reader(user);
    await setUpApp(site, reader, EVIL);
    const asked = encodeURIComponent(EVIL);
    for (const path of [
      '/',
      `/?done=${asked}`,
      `/challenge?with=${asked}&returnTo=/${asked}`,
      `/set-up?must=${asked}&returnTo=/${asked}`,
      `/set-up/${asked}`,
      `/authenticators/${asked}`,
    ]) {
      const { html } = await reader.open(`/security${path}`);
      expect([path, html]).not.toEqual([path, expect.stringContaining('<script>alert')]);
      expect(html).not.toContain('A<b>');
    }
    expect((await reader.open('/security')).text).toContain(EVIL);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
  ])('lead nowhere but into the app, whatever %j says [TRN-7] [A64]', async (returnTo) => {
    await start();
    const { user, secret } = await userWithApp(site);
    const reader = await site.reader(user);
    const query = new URLSearchParams({ returnTo }).toString();
    await reader.open(`/security/challenge?${query}`);
    expect(reader.page.html).not.toMatch(/evil|javascript/);
    await reader.press('Confirm', { code: totpCode(site, secret), returnTo });
    expect(reader.page.path).toBe('/home');
  });

  it('are nowhere that a link of theirs would lead away from, where they are mounted by a wildcard [TRN-7] [A64]', async () => {
    const mount = name === 'Express 4' ? '/*/security' : '/*tenant/security';
    const { agent } = (await start({ mount })).browser();
    const to = async (tenant: string) => {
      const { status, headers } = await agent.get(`${tenant}/security/challenge/send`);
      return [status, headers.location as unknown];
    };
    expect(await to('/acme')).toEqual([303, '/acme/security/challenge']);
    expect(await to('//evil.example')).toEqual([404, undefined]);
    expect(await to('/acme//evil.example')).toEqual([
      303,
      '/acme//evil.example/security/challenge',
    ]);
  });

  it('say in words that something is away, and tell the host what [AVL-1]', async () => {
    const store = memoryStore();
    let away = false;
    const load: typeof store.load = (pointer) =>
      away ? Promise.reject(new Error('secret-of-the-store')) : store.load(pointer);
    await start({ store: { ...store, load } });
    const reader = await site.reader(addUser(site));
    away = true;
    const { status, text, headers } = await reader.open('/security');
    expect([status, headers['cache-control']]).toEqual([500, 'no-store']);
    expect(text).toContain('Something went wrong.');
    expect(text).not.toContain('secret-of-the-store');
    expect(site.events.at(-1)).toMatchObject({ type: 'fault' });
  });

  it.each(['/set-up/%ff', '/assets/%E0%A4%A', '/authenticators/%/rename'])(
    'say in words, and not in those of the host, that %s is no path [LOG-5]',
    async (path) => {
      const { status, text } = await new Reader((await start()).browser()).open(`/security${path}`);
      expect([status, text]).toEqual([400, expect.stringContaining('This is not possible.')]);
      expect(text).not.toMatch(/URIError|decode|\.[jt]s/);
    },
  );

  it('refuse plain HTTP in production, as the endpoints do [TRN-6]', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await start({ store: memoryStore() });
    } finally {
      process.env['NODE_ENV'] = before;
    }
    const reader = new Reader(site.browser());
    expect(await reader.open('/security')).toMatchObject({ status: 403 });
    expect(reader.page.text).toContain('https');
  });

  it('serve their files under names that say what is in them, to be kept by the browser alone and for ever [A62]', async () => {
    const reader = await (await start()).reader(addUser(site));
    const { html } = await reader.open('/security');
    const files = html.match(/\/security\/assets\/[\da-f]{16}\.(?:css|js|svg)/g) ?? [];
    expect(files).toHaveLength(3);
    for (const file of files) {
      const { headers } = await reader.open(file);
      expect(headers).toMatchObject({
        'cache-control': 'private, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
    }
    expect((await reader.open('/security/assets/other.js')).status).toBe(404);
  });
});
