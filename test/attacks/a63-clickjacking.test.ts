import { describeWithRedis } from '../support/redis-harness.ts';
import { openPage } from './page-forms.ts';
import { signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const PAGES = ['', '/set-up', '/set-up/totp', '/challenge', '/recovery-codes', '/nowhere'];

describeWithRedis('[A63] a page of ours in a frame of another site', () => {
  const processes = twoProcesses();

  it('is refused by the browser, whatever the page and whoever looks at it [TRN-3]', async () => {
    const site = await processes.site();
    const { owner, user } = await userWithTotp(site);
    for (const visitor of [owner, await signedIn(site, user)]) {
      for (const path of PAGES) {
        const { headers } = await openPage(visitor, `/security${path}`);
        const policy = String(headers['content-security-policy']);
        expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
        expect([path, headers['x-frame-options']]).toEqual([path, 'DENY']);
      }
    }
  });
});
