import { EXPRESS } from '../support/app.ts';
import { addUser, totpCode } from '../support/story.ts';
import type { Reader } from './reader.ts';
import { startSite, userWithApp } from './site.ts';
import type { PagesSite } from './site.ts';

const NO_WAY = 'There is no way left to confirm this sign-in';

describe.each(EXPRESS)('the challenge page on %s', (_name, framework) => {
  let site: PagesSite;
  beforeEach(async () => {
    site = await startSite({
      framework,
      routes: (host, mfa) => {
        host.get('/by-mail', async (req, res) => {
          await mfa.signIn(req, { id: req.query.as as string }, { factor: 'email' });
          res.send('in');
        });
        host.get('/level-2', mfa.requireAllFactors({ aal: 2, maxAgeMs: 1000 }), (_req, res) => {
          res.send('here');
        });
      },
    });
  });
  afterEach(() => site.close());

  /** Each place on the way, until one shows a page; more than a few are a loop. */
  const wayFrom = async ({ browser }: Reader, path: string): Promise<readonly string[]> => {
    const way = [path];
    while (way.length < 8) {
      const { headers } = await browser.agent.get(way.at(-1) ?? '').set('accept', 'text/html');
      if (!headers.location) return way;
      way.push(headers.location);
    }
    throw new Error(`a loop: ${way.join(' ')}`);
  };

  it('leads on who has nothing to confirm, as after a challenge', async () => {
    const reader = await site.reader(addUser(site));
    expect((await reader.open('/security/challenge')).path).toBe('/home');
    const asked = '/security/challenge?returnTo=%2Faccount%3Fmonth%3D5&by=totp';
    expect(await reader.open(asked)).toMatchObject({ path: '/account?month=5', status: 200 });
  });

  it('leads on whose second step was forgotten meanwhile, once they sign in again', async () => {
    const { user } = await userWithApp(site);
    const reader = await site.reader(user);
    const { path } = await reader.open('/account');
    expect(path).toBe('/security/challenge?returnTo=%2Faccount');
    await site.mfa.forget(user.id);
    await reader.browser.get(`/login?as=${user.id}`);
    expect(await reader.open(path)).toMatchObject({ path: '/account', status: 200 });
  });

  it('leads nobody round who is sent on by a guard that asks for more', async () => {
    const reader = await site.reader(addUser(site));
    for (const age of [0, 20 * 60_000]) {
      site.clock.forward(age);
      for (const page of ['/transfer', '/vault', '/level-2', '/security/set-up/totp']) {
        const way = await wayFrom(reader, `/security/challenge?returnTo=${page}`);
        expect(way.slice(0, 2)).toEqual([way[0], page]);
      }
    }
  });

  it('leads nobody round whose sign-in is too old for a page of ours, but says that it is', async () => {
    const user = addUser(site, { emailVerified: true });
    const reader = await site.reader(user);
    await reader.browser.get(`/by-mail?as=${user.id}`);
    expect((await reader.open('/security/challenge')).path).toBe('/home');
    site.clock.forward(20 * 60_000);
    await wayFrom(reader, '/security/set-up/totp');
    await reader.open('/security/set-up/totp');
    expect(reader.page.text).toContain('You signed in too long ago for this change');
  });

  it('stays where it is when it is the home of the app', async () => {
    await site.close();
    site = await startSite({ framework, pages: { home: '/security/challenge' } });
    const reader = await site.reader(addUser(site));
    expect(await wayFrom(reader, '/security/challenge?by=totp')).toHaveLength(2);
  });

  it('says that there is no way left to whoever holds something else, before and after its proof', async () => {
    const { user, secret } = await userWithApp(site);
    const reader = await site.reader(user);
    const asked = '/security/challenge?by=email';
    expect((await reader.open(asked)).text).toContain(NO_WAY);
    await reader.open('/security/challenge');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    expect((await reader.open(asked)).text).toContain(NO_WAY);
  });
});
