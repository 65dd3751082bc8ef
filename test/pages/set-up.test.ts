import { EXPRESS } from '../support/app.ts';
import { addUser } from '../support/story.ts';
import { startSite } from './site.ts';
import type { PagesSite } from './site.ts';

describe.each(EXPRESS)('the set-up pages on %s', (_name, framework) => {
  let site: PagesSite;
  beforeEach(async () => {
    site = await startSite({ framework });
  });
  afterEach(() => site.close());

  it('start anew for whoever signs in again after a wrong code, and lead on from there', async () => {
    const user = addUser(site);
    const reader = await site.reader(user);
    await reader.open('/security/set-up/totp?returnTo=%2Fvault');
    await reader.press('Continue', { name: '' });
    await reader.press('Confirm', { code: '000000' });
    const here = reader.page.path;
    expect(here).toBe('/security/set-up/totp/confirm?returnTo=%2Fvault');
    await reader.browser.get(`/login?as=${user.id}`);
    await reader.open(here);
    expect(reader.page).toMatchObject({
      status: 200,
      path: '/security/set-up/totp?returnTo=%2Fvault',
    });
  });

  it('say of a factor that nobody can set up that there is no such page', async () => {
    const reader = await site.reader(addUser(site));
    for (const factor of ['nonsense', '%2F%2Fevil.example', 'recoveryCode']) {
      const path = `/security/set-up/${factor}/confirm`;
      expect(await reader.open(path)).toMatchObject({ status: 404, path });
    }
  });
});
