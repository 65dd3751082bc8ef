import { describeWithRedis } from '../support/redis-harness.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { METHODS, PATH } from '../support/spellings.ts';
import { BEHIND_THE_GUARD } from './side-doors.ts';
import { signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const OVERRIDES = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'];

describeWithRedis('[A30] a guarded path by another method', () => {
  const processes = twoProcesses();

  it('is refused to a session that lacks a factor, whatever the method or its override [GRD-1]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site);
    const half = await signedIn(site, user);
    for (const [i, method] of [...METHODS, 'PROPFIND', 'QUERY', 'PURGE'].entries()) {
      for (const override of [undefined, ...OVERRIDES]) {
        const port = Number(new URL(site.origins[i % 2] ?? '').port);
        const { status, body } = await sendRaw(
          port,
          rawRequest(method, PATH, {
            Cookie: `connect.sid=${half.cookie}`,
            ...(override ? { [override]: method === 'GET' ? 'OPTIONS' : 'GET' } : {}),
          }),
        );
        // A method that Node itself does not know is answered before the app.
        expect([method, String(status)]).toEqual([method, expect.stringMatching(/^40[01]$/)]);
        expect(body).not.toContain(BEHIND_THE_GUARD);
      }
    }
  });

  it('changes nothing by a method that is not the endpoint’s own [TRN-1]', async () => {
    const site = await processes.site();
    const { owner } = await userWithTotp(site);
    const headers = { 'X-HTTP-Method-Override': 'PATCH', 'X-HTTP-Method': 'DELETE' };
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']) {
      const { status } = await owner.send(
        owner.ask(method, '/v1/account/mfa', { mfa: false }, headers),
      );
      expect([method, status]).toEqual([method, 404]);
    }
    const account = await owner.get('/v1/account');
    expect(account.body).toMatchObject({ mfa: true });
  });
});
